import { requirePermission } from '@/lib/auth';
import type { AgentDetail } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { raiseEpoch } from '@/lib/services/epochs';
import { endGrantsInScope } from '@/lib/services/grants/end-in-scope';
import { requireId } from '@/lib/services/ids';
import { endOpenWork } from '@/lib/services/kill-switches/end-open-work';
import { noteOf, record } from '@/lib/services/record';
import { getAgent } from './get';
import { lockAgent } from './lock';
import { agentRevoked } from './rotate-key';

/**
 * Takes an agent out of service for good: its keys stop working, what waits for a person is cancelled, open permits are dead.
 * Its trust state stays, so that its debts follow whoever comes after.
 *
 * @throws DomainError `forbidden`, `not_found`, `agent_revoked`
 */
export async function revokeAgent(
  context: ServiceContext,
  id: string,
  reason: string,
): Promise<AgentDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'agents.edit');
  const agentId = requireId(id, 'agent');
  await withTransaction(async (sql) => {
    await raiseEpoch(sql, actor.workspaceId, 'kill_epoch');
    const agent = await lockAgent(sql, actor.workspaceId, agentId);
    if (agent.status === 'revoked') throw agentRevoked(agent.name);
    await sql(
      `UPDATE agents SET status = 'revoked', revoked_at = $3 WHERE workspace_id = $1 AND id = $2`,
      [actor.workspaceId, agentId, now],
    );
    await sql(
      'UPDATE agent_keys SET revoked_at = $3 WHERE workspace_id = $1 AND agent_id = $2 AND revoked_at IS NULL',
      [actor.workspaceId, agentId, now],
    );
    const scope = { type: 'agent', value: agentId } as const;
    const ended = await endOpenWork(sql, context, {
      scope,
      mode: 'halt',
      why: 'The agent was revoked.',
    });
    const grants = await endGrantsInScope(sql, context, {
      scope,
      endedBy: 'belay',
      text: 'The agent was revoked.',
    });
    const body = { reason, ended: { approvals: ended.approvals.length, permits: ended.permits } };
    await record(
      sql,
      context,
      [noteOf(context, 'agent.revoked', `agent:${agentId}`, body), ...grants.notes],
      [{ type: 'agent.changed', agentId, subjectId: agentId }, ...ended.announcements],
    );
  });
  return getAgent(context, agentId);
}
