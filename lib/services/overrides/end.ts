import { actorRef, requirePermission } from '@/lib/auth';
import { notFound, type AgentDetail } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import { getAgent } from '@/lib/services/agents/get';
import { requireAgent } from '@/lib/services/agents/lock';
import { requireNoPartIn } from '@/lib/services/agents/own-agent';
import type { ServiceContext } from '@/lib/services/context';
import { excludeDecisions } from '@/lib/services/epochs';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';

/** Ends a pin before its time. @throws DomainError `forbidden`, `own_agent`, `own_agent_key`, `not_found` also for a pin that has ended */
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
    const owned = await requireAgent(sql, actor.workspaceId, agentId);
    const [pin] = await sql<{ holds: boolean }>(
      `UPDATE rung_overrides o SET ended_at = $4, ended_by = $5 FROM trust_states t
       WHERE o.workspace_id = $1 AND o.agent_id = $2 AND o.id = $3 AND o.ended_at IS NULL AND o.until > $4
         AND t.workspace_id = o.workspace_id AND t.agent_id = o.agent_id RETURNING o.rung < t.rung AS holds`,
      [actor.workspaceId, agentId, pinId, now, actorRef(actor)],
    );
    if (pin === undefined) throw notFound('pin');
    if (pin.holds) await requireNoPartIn(sql, context, owned, 'end the pin that holds it down');
    const note = noteOf(context, 'override.ended', `override:${pinId}`, { agent: agentId });
    await record(sql, context, [note], [{ type: 'agent.changed', agentId, subjectId: agentId }]);
  });
  return getAgent(context, agentId);
}
