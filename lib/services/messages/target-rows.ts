import type { MessageTarget } from '@/lib/contracts';
import { notFound, TARGET_KINDS, MESSAGE_EVENTS } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { iso, isoOrNull } from '@/lib/services/instants';

export interface TargetRow {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly host: string;
  readonly events: string[];
  readonly createdByName: string;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
  readonly previousUntil: Date | null;
  readonly waiting: number;
  readonly sent: number;
  readonly givenUp: number;
}

/** Targets with how their deliveries stand, oldest first. */
export function targetsOf(
  sql: Sql,
  workspaceId: string,
  id: string | null = null,
): Promise<TargetRow[]> {
  return sql<TargetRow>(
    `SELECT t.id, t.kind, t.name, t.host, t.events, t.created_by_name AS "createdByName", t.created_at AS "createdAt",
       t.disabled_at AS "disabledAt", t.previous_until AS "previousUntil", d.waiting, d.sent, d.given_up AS "givenUp"
     FROM message_targets t CROSS JOIN LATERAL (
       SELECT (count(*) FILTER (WHERE state = 'due'))::int AS waiting, (count(*) FILTER (WHERE state = 'sent'))::int AS sent,
         (count(*) FILTER (WHERE state = 'given_up'))::int AS given_up
       FROM message_deliveries WHERE workspace_id = t.workspace_id AND receiver_id = t.id) d
     WHERE t.workspace_id = $1 AND ($2::uuid IS NULL OR t.id = $2) ORDER BY t.id`,
    [workspaceId, id],
  );
}

/** @throws DomainError `not_found` */
export async function requireTarget(sql: Sql, workspaceId: string, id: string): Promise<TargetRow> {
  const [row] = await targetsOf(sql, workspaceId, id);
  if (row === undefined) throw notFound('message target');
  return row;
}

export function serializeTarget(row: TargetRow, now: Date): MessageTarget {
  const isTurning = row.previousUntil !== null && row.previousUntil > now;
  return {
    id: row.id,
    kind: TARGET_KINDS.find((kind) => kind === row.kind) ?? 'webhook',
    name: row.name,
    host: row.host,
    events: MESSAGE_EVENTS.filter((event) => row.events.includes(event)),
    createdBy: row.createdByName,
    createdAt: iso(row.createdAt),
    disabledAt: isoOrNull(row.disabledAt),
    previousSecretUntil: isTurning ? isoOrNull(row.previousUntil) : null,
    waiting: row.waiting,
    sent: row.sent,
    givenUp: row.givenUp,
  };
}
