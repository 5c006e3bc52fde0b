/**
 * Turns announcements into messages with their deliveries. Announcements are numbered and committed in order, so a cursor a
 * workspace is all there is to keep: what a killed process had not written is read again, and what it had is not.
 */
import { sql as query, withTransaction, type Sql } from '@/lib/db';
import { newsOf, TOLD, type Heard, type NewsWorkspace } from './news';
import { writeMessage } from './write-message';

/** Most announcements looked at in one transaction. */
const ROUND = 500;

/** @param now milliseconds since the epoch */
export async function gatherMessages(now: number): Promise<void> {
  const behind = await query<{ id: string }>(
    `SELECT h.workspace_id AS id FROM ledger_heads h LEFT JOIN message_cursors c ON c.workspace_id = h.workspace_id
     WHERE h.outbox_seq > coalesce(c.seq, 0)`,
  );
  const failures: unknown[] = [];
  for (const { id } of behind)
    await gatherIn(id, new Date(now)).catch((error: unknown) => failures.push(error));
  // One workspace in trouble must not keep the others from being told; it is told of itself.
  if (failures.length > 0) throw new AggregateError(failures, 'messages could not be written down');
}

async function gatherIn(workspaceId: string, now: Date): Promise<void> {
  while (await withTransaction((sql) => gatherRound(sql, workspaceId, now)));
}

/** @returns whether there is more to read; never while another process is at this workspace */
async function gatherRound(sql: Sql, workspaceId: string, now: Date): Promise<boolean> {
  await sql(
    'INSERT INTO message_cursors (workspace_id, seq) VALUES ($1, 0) ON CONFLICT (workspace_id) DO NOTHING',
    [workspaceId],
  );
  const [cursor] = await sql<{ seq: number }>(
    'SELECT seq FROM message_cursors WHERE workspace_id = $1 FOR UPDATE SKIP LOCKED',
    [workspaceId],
  );
  const [head] = await sql<NewsWorkspace & { seq: number }>(
    `SELECT w.id, w.slug, w.name, w.message_arguments AS "withArguments", h.outbox_seq AS seq
     FROM ledger_heads h JOIN workspaces w ON w.id = h.workspace_id WHERE h.workspace_id = $1`,
    [workspaceId],
  );
  if (cursor === undefined || head === undefined) return false;
  const listened = await hasReceivers(sql, workspaceId);
  const heard = listened ? await readTold(sql, workspaceId, cursor.seq, head.seq) : [];
  for (const item of heard) await tell(sql, head, item, now);
  const full = heard.length === ROUND;
  await sql('UPDATE message_cursors SET seq = $2 WHERE workspace_id = $1', [
    workspaceId,
    full ? (heard.at(-1)?.seq ?? head.seq) : head.seq,
  ]);
  return full;
}

async function hasReceivers(sql: Sql, workspaceId: string): Promise<boolean> {
  const [row] = await sql<{ any: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM message_targets WHERE workspace_id = $1 AND disabled_at IS NULL)
       OR EXISTS (SELECT 1 FROM message_preferences WHERE workspace_id = $1 AND mail <> 'off')
       OR EXISTS (SELECT 1 FROM push_subscriptions WHERE workspace_id = $1) AS any`,
    [workspaceId],
  );
  return row?.any === true;
}

function readTold(
  sql: Sql,
  workspaceId: string,
  after: number,
  upTo: number,
): Promise<(Heard & { seq: number })[]> {
  return sql<Heard & { seq: number }>(
    `SELECT seq, type, subject_id AS "subjectId", at FROM outbox
     WHERE workspace_id = $1 AND seq > $2 AND seq <= $3 AND type = ANY($4) AND subject_id IS NOT NULL
     ORDER BY seq LIMIT ${ROUND}`,
    [workspaceId, after, upTo, TOLD],
  );
}

async function tell(sql: Sql, workspace: NewsWorkspace, heard: Heard, now: Date): Promise<void> {
  const news = await newsOf(sql, workspace, heard);
  if (news === undefined) return;
  await writeMessage(sql, workspace.id, news, { once: heard.subjectId, at: heard.at, now });
}
