import { sql, withTransaction } from '@/lib/db';
import { appendLedger, lockTrustStates } from '@/lib/decide';
import { judge, newsSince } from '@/lib/services/evaluation-runs/judge';
import { HISTORY_IN_PROGRESS } from './history-in-progress';

/**
 * Judges agents by the checks that ran: a day or a month that moves on changes what the same results amount to. Safe in several
 * processes at once: an incident that is open, or was closed since the newest result, is not opened again.
 *
 * @param now milliseconds since the epoch
 */
export async function judgeEvaluations(now: number): Promise<void> {
  const at = new Date(now);
  const rows = await sql<{ workspace_id: string; agent_id: string }>(
    `SELECT a.workspace_id, a.id AS agent_id FROM agents a
     JOIN pacts p ON p.workspace_id = a.workspace_id AND p.agent_id = a.id AND p.version = a.pact_version
     WHERE a.status <> 'revoked' AND NOT ${HISTORY_IN_PROGRESS}
       AND (jsonb_array_length(coalesce(p.body -> 'commitments', '[]')) > 0
         OR EXISTS (SELECT 1 FROM evaluation_scores s WHERE s.workspace_id = a.workspace_id AND s.agent_id = a.id
           AND s.at > $1::timestamptz - interval '31 days'))
     ORDER BY a.workspace_id, a.id`,
    [at],
  );
  for (const { workspace_id: workspaceId, agent_id: agentId } of rows) {
    await withTransaction(async (run) => {
      const judged = { workspaceId, agentId, now: at };
      await lockTrustStates(run, workspaceId, [agentId]);
      const { notes, announcements } = await judge(run, judged, ({ rule, dimension }) =>
        newsSince(run, judged, rule, dimension),
      );
      if (notes.length > 0 || announcements.length > 0)
        await appendLedger(run, workspaceId, notes, announcements, now);
    });
  }
}
