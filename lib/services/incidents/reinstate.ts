import type { Sql } from '@/lib/db';
import type { Announcement, LedgerNote } from '@/lib/decide';
import { noteOf } from '@/lib/services/record';
import type { ServiceContext } from '@/lib/services/context';

/**
 * Lets a suspended agent work again, when no incident of severity 1 of it lacks its root cause any more. The caller has locked
 * its trust state, so that no severe evidence comes in between.
 */
export async function reinstateIfExplained(
  sql: Sql,
  context: ServiceContext,
  agentId: string,
): Promise<{ notes: LedgerNote[]; announcements: Announcement[] }> {
  const rows = await sql(
    `UPDATE agents a SET status = 'active' WHERE a.workspace_id = $1 AND a.id = $2 AND a.status = 'suspended'
       AND NOT EXISTS (SELECT 1 FROM incidents i WHERE i.workspace_id = a.workspace_id AND i.agent_id = a.id
         AND i.severity = 1 AND i.root_cause IS NULL) RETURNING a.id`,
    [context.actor.workspaceId, agentId],
  );
  if (rows.length === 0) return { notes: [], announcements: [] };
  return {
    notes: [noteOf(context, 'agent.reinstated', `agent:${agentId}`, { why: 'root cause known' })],
    announcements: [{ type: 'agent.changed', agentId, subjectId: agentId }],
  };
}
