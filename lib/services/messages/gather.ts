/**
 * Turns announcements into messages with their deliveries. Announcements are numbered and committed in order, so a cursor a
 * workspace is all there is to keep: what a killed process had not written is read again, and what it had is not.
 */
import { hasPermission } from '@/lib/auth';
import { PERSON_ROLES, type MessageEvent } from '@/lib/contracts';
import { newId, sql as query, withTransaction, type Sql } from '@/lib/db';
import { env } from '@/lib/env';
import { newsOf, TOLD, type Heard, type News, type NewsWorkspace } from './news';

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

/** Writes a message once, and a delivery for everybody who wants to hear. */
async function tell(sql: Sql, workspace: NewsWorkspace, heard: Heard, now: Date): Promise<void> {
  const news = await newsOf(sql, workspace, heard);
  if (news === undefined) return;
  const body = { type: news.event, timestamp: heard.at.toISOString(), data: news.data };
  const [message] = await sql<{ id: string }>(
    `INSERT INTO messages (workspace_id, id, event, subject_id, body, at) VALUES ($1, $2, $3, $4, $5::jsonb, $6)
     ON CONFLICT (workspace_id, event, subject_id) DO NOTHING RETURNING id`,
    [workspace.id, newId(), news.event, heard.subjectId, JSON.stringify(body), heard.at],
  );
  if (message === undefined) return;
  for (const receiver of await receiversOf(sql, workspace.id, news, heard.at))
    await sql(
      `INSERT INTO message_deliveries (workspace_id, id, message_id, channel, receiver_id, receiver_name, state, due_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'due', coalesce(
         CASE WHEN $7::int > 0 THEN (SELECT min(due_at) FROM message_deliveries
           WHERE workspace_id = $1 AND receiver_id = $5 AND channel = 'mail' AND state = 'due' AND attempts = 0) END,
         $8::timestamptz + $7::int * interval '1 minute'))`,
      [
        workspace.id,
        newId(),
        message.id,
        receiver.channel,
        receiver.id,
        receiver.name,
        receiver.waitMinutes,
        now,
      ],
    );
}

interface Receiver {
  readonly channel: string;
  readonly id: string;
  readonly name: string;
  /** More than 0 for a digest: what comes meanwhile goes with it. */
  readonly waitMinutes: number;
}

/** What people hear of personally, and the permission that makes it their business. Targets choose for themselves. */
const PERSONAL: Readonly<Partial<Record<MessageEvent, 'approvals.decide' | 'workspace.read'>>> = {
  'approval.requested': 'approvals.decide',
  'approval.escalated': 'approvals.decide',
  'incident.opened': 'workspace.read',
  'kill_switch.set': 'workspace.read',
};

/** Who wants to hear of it, and asked for it before it happened. */
async function receiversOf(
  sql: Sql,
  workspaceId: string,
  { event, ownerPersonId }: News,
  at: Date,
): Promise<Receiver[]> {
  const targets = await sql<Receiver>(
    `SELECT kind AS channel, id, name, 0 AS "waitMinutes" FROM message_targets
     WHERE workspace_id = $1 AND $2 = ANY(events) AND disabled_at IS NULL AND created_at <= $3 ORDER BY id`,
    [workspaceId, event, at],
  );
  const permission = PERSONAL[event];
  if (permission === undefined) return targets;
  const isMailed = env().mail !== undefined;
  const roles = PERSON_ROLES.filter((role) => hasPermission(role, permission));
  const people = await sql<Receiver>(
    `SELECT 'mail' AS channel, p.id, p.name, CASE f.mail WHEN 'digest' THEN f.digest_minutes ELSE 0 END AS "waitMinutes"
     FROM message_preferences f JOIN people p ON p.id = f.person_id
     JOIN memberships m ON m.workspace_id = f.workspace_id AND m.person_id = p.id
     WHERE f.workspace_id = $1 AND $5::boolean AND f.mail <> 'off' AND f.since <= $4 AND p.disabled_at IS NULL AND m.role = ANY($2)
       AND p.id IS DISTINCT FROM $3::uuid
     UNION ALL
     SELECT 'push', s.id, s.label, 0 FROM push_subscriptions s JOIN people p ON p.id = s.person_id
     JOIN memberships m ON m.workspace_id = s.workspace_id AND m.person_id = p.id
     WHERE s.workspace_id = $1 AND s.created_at <= $4 AND p.disabled_at IS NULL AND m.role = ANY($2)
       AND p.id IS DISTINCT FROM $3::uuid`,
    [workspaceId, roles, ownerPersonId, at, isMailed],
  );
  return [...targets, ...people];
}
