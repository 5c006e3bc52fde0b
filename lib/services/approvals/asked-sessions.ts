import type { AskedSession } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ApprovalRow } from './approval-rows';

/**
 * The sessions some calls belong to, each once, with what was asked for in them. One that another agent opened under the same name is
 * none of theirs. The caller has checked who asks.
 */
export async function selectSessions(
  workspaceId: string,
  calls: readonly Pick<ApprovalRow, 'sessionId' | 'agentId'>[],
): Promise<AskedSession[]> {
  const named = calls.flatMap(({ sessionId, agentId }) =>
    sessionId === null ? [] : [{ sessionId, agentId }],
  );
  if (named.length === 0) return [];
  return sql<AskedSession>(
    `SELECT s.id, s.request, s.purpose, s.end_user AS "endUser" FROM sessions s
     JOIN (SELECT DISTINCT * FROM unnest($2::text[], $3::uuid[]) AS named (id, agent_id)) n
       ON n.id = s.id AND n.agent_id = s.agent_id
     WHERE s.workspace_id = $1 ORDER BY s.id`,
    [workspaceId, named.map(({ sessionId }) => sessionId), named.map(({ agentId }) => agentId)],
  );
}
