import { calculateJwkThumbprint } from 'jose';
import { requirePermission, type Actor } from '@/lib/auth';
import { signAttestation, spokenFor } from '@/lib/auth/agents';
import { DomainError, type AgentDetail, type AttestationQuery, type Pact } from '@/lib/contracts';
import { requireId } from '@/lib/services/ids';
import { readHead } from '@/lib/services/ledger/entries';
import { defaultTrustConfig } from '@/lib/trust';
import { readAgentDetail } from './get';

/**
 * A signed statement of how far an agent is trusted now, for whoever has to rely on it elsewhere. An agent gets its own. It names
 * the audience it was asked for, the tools of the pact among those that were asked for, and a key of the agent's (RFC 7800), so
 * that nobody else can show it as theirs.
 *
 * @throws DomainError `forbidden`, `not_found`; `subject_mismatch` for an agent that asks about another; 422 `unknown_agent_key`
 */
export async function attestAgent(
  { actor, now }: { readonly actor: Actor; readonly now: Date },
  id: string,
  { audience, scope, jkt }: AttestationQuery = {},
): Promise<{ token: string; expiresAt: string }> {
  if (actor.kind === 'agent') spokenFor(actor, id);
  else requirePermission(actor, 'workspace.read');
  const { workspaceId } = actor;
  const agent = await readAgentDetail({ actor, now }, requireId(id, 'agent'));
  const head = await readHead(workspaceId);
  const { score, rung, layers } = agent.trust;
  const key = await confirmationOf(agent.keys, jkt, now);
  return signAttestation(
    agent.id,
    {
      workspace: workspaceId,
      ...(audience === undefined ? {} : { aud: audience }),
      ...(key === undefined ? {} : { cnf: { jkt: key } }),
      ...(scope === undefined ? {} : { scope: scopeOf(agent.pact, scope) }),
      name: agent.name,
      version: agent.version,
      status: agent.status,
      score,
      rung,
      pinnedRung: agent.override?.rung ?? null,
      layers,
      dimensions: agent.dimensions,
      scoreVelocity: agent.scoreVelocity,
      badges: agent.badges.map(({ id: badge, since, expiresAt }) => ({
        id: badge,
        since,
        expiresAt,
      })),
      restrictions: agent.restrictions.map(({ kind, since, until }) => ({ kind, since, until })),
      switches: agent.switches.map(({ mode }) => mode),
      openIncidents: agent.openIncidents,
      configVersion: defaultTrustConfig.version,
      ladderVersion: agent.ladder.version,
      ledger: { seq: head.seq, hash: head.hash },
    },
    now.getTime(),
  );
}

/** The thumbprint of a key in force: the one that was asked for, or the only one there is. */
async function confirmationOf(
  keys: AgentDetail['keys'],
  jkt: string | undefined,
  now: Date,
): Promise<string | undefined> {
  const inForce = keys.filter(
    ({ revokedAt, expiresAt }) =>
      revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > now.getTime()),
  );
  const thumbprints = await Promise.all(
    inForce.map(({ publicKey: { kty, crv, x } }) => calculateJwkThumbprint({ kty, crv, x })),
  );
  if (jkt === undefined) return thumbprints.length === 1 ? thumbprints[0] : undefined;
  if (thumbprints.includes(jkt)) return jkt;
  throw new DomainError(
    'unprocessable',
    'unknown_agent_key',
    'No key of this agent that is in force has this thumbprint.',
  );
}

/** Of the tools that are asked for, those that the pact holds. */
const scopeOf = ({ tools }: Pact, asked: string): string =>
  asked
    .split(' ')
    .filter((tool) => tool !== '' && (tools.includes('*') || tools.includes(tool)))
    .join(' ');
