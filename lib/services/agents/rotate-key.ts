import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, type AgentDetail, type PublicJwk } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import { applySignals } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { excludeDecisions } from '@/lib/services/epochs';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { addAgentKey } from './agent-keys';
import { getAgent } from './get';
import { lockAgent } from './lock';

/**
 * Replaces an agent's keys with a new one: the old ones stop working at once, and the rotation counts as evidence of identity.
 *
 * @throws DomainError `forbidden`, `not_found`, `agent_revoked`, `key_in_use`
 */
export async function rotateAgentKey(
  context: ServiceContext,
  id: string,
  publicKey: PublicJwk,
): Promise<AgentDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'agents.edit');
  const agentId = requireId(id, 'agent');
  await withTransaction(async (sql) => {
    await excludeDecisions(sql, actor.workspaceId);
    const agent = await lockAgent(sql, actor.workspaceId, agentId);
    if (agent.status === 'revoked') throw agentRevoked(agent.name);
    const kid = await addAgentKey(sql, context, { agentId, publicKey });
    await sql(
      'UPDATE agent_keys SET revoked_at = $4 WHERE workspace_id = $1 AND agent_id = $2 AND kid <> $3 AND revoked_at IS NULL',
      [actor.workspaceId, agentId, kid, now],
    );
    const applied = await applySignals(sql, {
      workspaceId: actor.workspaceId,
      agentId,
      now: now.getTime(),
      actor: actorRef(actor),
      signals: [{ kind: 'identity.rotated', source: actorRef(actor), sourceClass: 'system' }],
    });
    const note = noteOf(context, 'agent.key_rotated', `agent:${agentId}`, { kid });
    await record(
      sql,
      context,
      [note, ...applied.notes],
      [{ type: 'agent.changed', agentId, subjectId: agentId }, ...applied.announcements],
    );
  });
  return getAgent(context, agentId);
}

export function agentRevoked(name: string): DomainError {
  return new DomainError(
    'conflict',
    'agent_revoked',
    `The agent "${name}" is revoked. Register it again to use it.`,
  );
}
