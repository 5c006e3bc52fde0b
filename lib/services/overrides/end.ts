import { actorRef, requirePermission } from '@/lib/auth';
import { notFound, type AgentDetail } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import { getAgent } from '@/lib/services/agents/get';
import type { ServiceContext } from '@/lib/services/context';
import { excludeDecisions } from '@/lib/services/epochs';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';

/** Ends a pin before its time. @throws DomainError `forbidden`, `not_found` also for a pin that has ended */
export async function endOverride(
  context: ServiceContext,
  id: string,
  overrideId: string,
): Promise<AgentDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'overrides.edit');
  const agentId = requireId(id, 'agent');
  const pinId = requireId(overrideId, 'pin');
  await withTransaction(async (sql) => {
    await excludeDecisions(sql, actor.workspaceId);
    const rows = await sql(
      `UPDATE rung_overrides SET ended_at = $4, ended_by = $5
       WHERE workspace_id = $1 AND agent_id = $2 AND id = $3 AND ended_at IS NULL AND until > $4 RETURNING id`,
      [actor.workspaceId, agentId, pinId, now, actorRef(actor)],
    );
    if (rows.length === 0) throw notFound('pin');
    const note = noteOf(context, 'override.ended', `override:${pinId}`, { agent: agentId });
    await record(sql, context, [note], [{ type: 'agent.changed', agentId, subjectId: agentId }]);
  });
  return getAgent(context, agentId);
}
