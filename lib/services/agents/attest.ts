import { requirePermission, type Actor } from '@/lib/auth';
import { signAttestation, spokenFor } from '@/lib/auth/agents';
import { requireId } from '@/lib/services/ids';
import { readHead } from '@/lib/services/ledger/entries';
import { defaultTrustConfig } from '@/lib/trust';
import { readAgentDetail } from './get';

/**
 * A signed statement of how far an agent is trusted now, for whoever has to rely on it elsewhere. An agent gets its own.
 *
 * @throws DomainError `forbidden`, `not_found`; `subject_mismatch` for an agent that asks about another
 */
export async function attestAgent(
  { actor, now }: { readonly actor: Actor; readonly now: Date },
  id: string,
): Promise<{ token: string; expiresAt: string }> {
  if (actor.kind === 'agent') spokenFor(actor, id);
  else requirePermission(actor, 'workspace.read');
  const { workspaceId } = actor;
  const agent = await readAgentDetail({ actor, now }, requireId(id, 'agent'));
  const head = await readHead(workspaceId);
  const { score, rung, layers } = agent.trust;
  return signAttestation(
    agent.id,
    {
      workspace: workspaceId,
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
