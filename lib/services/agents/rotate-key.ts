import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, type AgentDetail, type KeyRotation, type PublicJwk } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import { applySignals } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { excludeDecisions } from '@/lib/services/epochs';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { addAgentKey } from './agent-keys';
import { endCredentials } from './end-credentials';
import { getAgent } from './get';
import { lockAgent } from './lock';

/** Keys in force at once: a change over needs two, several places to run at need some more. */
const MOST_KEYS_IN_FORCE = 10;

type Options = Partial<Omit<KeyRotation, 'publicKey'>>;

/**
 * Gives an agent a new key. Those before it are replaced: at once, with the tokens they were used for, or after an overlap in which
 * both are in force; or they stay as they are. A replacement counts as evidence of identity.
 *
 * @param options.overlapSeconds 0 unless told
 * @throws DomainError `forbidden`, `not_found`, `agent_revoked`, `key_in_use`, `expiry_past`, `too_many_keys`
 */
export async function rotateAgentKey(
  context: ServiceContext,
  id: string,
  publicKey: PublicJwk,
  { replace = true, overlapSeconds = 0, expiresAt }: Options = {},
): Promise<AgentDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'agents.edit');
  const agentId = requireId(id, 'agent');
  await withTransaction(async (sql) => {
    await excludeDecisions(sql, actor.workspaceId);
    const agent = await lockAgent(sql, actor.workspaceId, agentId);
    if (agent.status === 'revoked') throw agentRevoked(agent.name);
    const kid = await addAgentKey(sql, context, { agentId, publicKey, expiresAt });
    if (replace) await replaceOthers(sql, context, { agentId, kid, overlapSeconds });
    await requireFew(sql, context, agentId);
    const applied = await applySignals(sql, {
      workspaceId: actor.workspaceId,
      agentId,
      now: now.getTime(),
      actor: actorRef(actor),
      signals: [{ kind: 'identity.rotated', source: actorRef(actor), sourceClass: 'system' }],
    });
    const kind = replace ? 'agent.key_rotated' : 'agent.key_added';
    const body = { kid, ...(replace ? { overlapSeconds } : {}), expiresAt: expiresAt ?? null };
    await record(
      sql,
      context,
      [noteOf(context, kind, `agent:${agentId}`, body), ...applied.notes],
      [{ type: 'agent.changed', agentId, subjectId: agentId }, ...applied.announcements],
    );
  });
  return getAgent(context, agentId);
}

async function replaceOthers(
  sql: Sql,
  { actor: { workspaceId }, now }: ServiceContext,
  { agentId, kid, overlapSeconds }: { agentId: string; kid: string; overlapSeconds: number },
): Promise<void> {
  if (overlapSeconds > 0) {
    await sql(
      `UPDATE agent_keys SET expires_at = least(expires_at, $4) WHERE workspace_id = $1 AND agent_id = $2 AND kid <> $3
         AND revoked_at IS NULL`,
      [workspaceId, agentId, kid, new Date(now.getTime() + overlapSeconds * 1000)],
    );
    return;
  }
  const ended = await sql<{ kid: string }>(
    'UPDATE agent_keys SET revoked_at = $4 WHERE workspace_id = $1 AND agent_id = $2 AND kid <> $3 AND revoked_at IS NULL RETURNING kid',
    [workspaceId, agentId, kid, now],
  );
  const credentials = ended.map((key) => ({ agentId, credential: `key:${key.kid}` }));
  await endCredentials(sql, workspaceId, credentials, now);
}

async function requireFew(
  sql: Sql,
  { actor: { workspaceId }, now }: ServiceContext,
  agentId: string,
): Promise<void> {
  const [row] = await sql<{ count: number }>(
    `SELECT count(*)::int AS count FROM agent_keys WHERE workspace_id = $1 AND agent_id = $2 AND revoked_at IS NULL
       AND (expires_at IS NULL OR expires_at > $3)`,
    [workspaceId, agentId, now],
  );
  if (row === undefined || row.count <= MOST_KEYS_IN_FORCE) return;
  throw new DomainError(
    'conflict',
    'too_many_keys',
    `An agent has at most ${MOST_KEYS_IN_FORCE} keys in force. Revoke one first.`,
  );
}

export function agentRevoked(name: string): DomainError {
  return new DomainError(
    'conflict',
    'agent_revoked',
    `The agent "${name}" is revoked. Register it again to use it.`,
  );
}
