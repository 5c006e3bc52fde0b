/** Writes what there is to tell, and whom: it goes out from there by itself. */
import { hasPermission, type Permission } from '@/lib/auth';
import { PERSON_ROLES, type MessageEvent } from '@/lib/contracts';
import { newId, type Sql } from '@/lib/db';
import { env } from '@/lib/env';
import type { News } from './news';

/**
 * Writes a message once, and a delivery for everybody who wants to hear, in the caller's transaction.
 *
 * @param once of an event, what is told once: a second message of the same is not written
 * @param at when it happened; whoever asked to hear of such things later does not hear of this
 */
export async function writeMessage(
  sql: Sql,
  workspaceId: string,
  news: News,
  { once, at, now }: { once: string; at: Date; now: Date },
): Promise<void> {
  const body = { type: news.event, timestamp: at.toISOString(), data: news.data };
  const [message] = await sql<{ id: string }>(
    `INSERT INTO messages (workspace_id, id, event, subject_id, body, at) VALUES ($1, $2, $3, $4, $5::jsonb, $6)
     ON CONFLICT (workspace_id, event, subject_id) DO NOTHING RETURNING id`,
    [workspaceId, newId(), news.event, once, JSON.stringify(body), at],
  );
  if (message === undefined) return;
  for (const receiver of await receiversOf(sql, workspaceId, news, at))
    await sql(
      `INSERT INTO message_deliveries (workspace_id, id, message_id, channel, receiver_id, receiver_name, state, due_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'due', coalesce(
         CASE WHEN $7::int > 0 THEN (SELECT min(due_at) FROM message_deliveries
           WHERE workspace_id = $1 AND receiver_id = $5 AND channel = 'mail' AND state = 'due' AND attempts = 0) END,
         $8::timestamptz + $7::int * interval '1 minute'))`,
      [
        workspaceId,
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
const PERSONAL: Readonly<Partial<Record<MessageEvent, Permission>>> = {
  'approval.requested': 'approvals.decide',
  'approval.escalated': 'approvals.decide',
  'incident.opened': 'workspace.read',
  'kill_switch.set': 'workspace.read',
  'agent.key_expiring': 'agents.edit',
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
