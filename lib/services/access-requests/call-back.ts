import { newId, sql, withTransaction, type Sql } from '@/lib/db';
import { statusEndpoint } from './status-endpoint';
import { readTasks, statusOf, type TaskRow } from './task-rows';

/** Tasks looked at in one round. */
const ROUND = 200;

/**
 * Hands the ends of tasks to the messages, for the programs that asked to be called. What is sent says that there is something to
 * read, and never carries an approval: it is a notification, as the profile has it.
 *
 * @param now milliseconds since the epoch
 */
export async function callBack(now: number): Promise<void> {
  const waiting = await sql<{ workspaceId: string; id: string }>(
    `SELECT r.workspace_id AS "workspaceId", r.id FROM access_requests r
     JOIN approvals ap ON ap.workspace_id = r.workspace_id AND ap.id = r.approval_id
     WHERE r.callback_target_id IS NOT NULL AND r.called_at IS NULL AND (ap.state <> 'pending' OR ap.expires_at <= $1)
     ORDER BY r.created_at LIMIT ${ROUND}`,
    [new Date(now)],
  );
  for (const { workspaceId, id } of waiting)
    await withTransaction(async (run) => {
      const [taken] = await run(
        `SELECT 1 FROM access_requests WHERE workspace_id = $1 AND id = $2 AND called_at IS NULL FOR UPDATE SKIP LOCKED`,
        [workspaceId, id],
      );
      const [row] = taken === undefined ? [] : await readTasks(run, workspaceId, 'r.id = $2', id);
      if (row === undefined) return;
      const status = statusOf(row, new Date(now));
      if (status === 'pending') return;
      await run('UPDATE access_requests SET called_at = $3 WHERE workspace_id = $1 AND id = $2', [
        workspaceId,
        id,
        new Date(now),
      ]);
      const wanted = row.callbackEvents.length === 0 || row.callbackEvents.includes(status);
      if (wanted) await tell(run, workspaceId, row, { status, now: new Date(now) });
    });
}

const EVENT = 'access_request.closed';

/** One message to the one target that was named. */
async function tell(
  run: Sql,
  workspaceId: string,
  { id, callbackTargetId, callbackState }: TaskRow,
  { status, now }: { status: string; now: Date },
): Promise<void> {
  const body = {
    type: EVENT,
    timestamp: now.toISOString(),
    ...(callbackState === null ? {} : { state: callbackState }),
    task: { id, status, status_endpoint: statusEndpoint(id) },
  };
  await run(
    `WITH message AS (
       INSERT INTO messages (workspace_id, id, event, subject_id, body, at) VALUES ($1, $2, '${EVENT}', $3, $4::jsonb, $5)
       ON CONFLICT (workspace_id, event, subject_id) DO NOTHING RETURNING id)
     INSERT INTO message_deliveries (workspace_id, id, message_id, channel, receiver_id, receiver_name, state, due_at)
     SELECT t.workspace_id, $6, message.id, 'webhook', t.id, t.name, 'due', $5
     FROM message CROSS JOIN message_targets t WHERE t.workspace_id = $1 AND t.id = $7`,
    [workspaceId, newId(), id, JSON.stringify(body), now, newId(), callbackTargetId],
  );
}
