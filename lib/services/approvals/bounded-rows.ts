/** Rows of approvals, as many as one answer carries: what agents send may be large, and a list holds many of them. */
import { sql, type SqlValue } from '@/lib/db';
import { APPROVAL_COLUMNS, APPROVAL_TABLES, type ApprovalRow } from './approval-rows';

/**
 * Where an answer ends, in bytes of what agents and reviewers wrote. The row that passes it is still sent, so that there is always
 * one: an answer is larger by one call at most, which is 256 KiB and as much again where it was edited.
 */
export const ANSWER_BYTES = 1_000_000;

export interface BoundedRows {
  readonly rows: readonly ApprovalRow[];
  /** Some were left out, from the end of the order. */
  readonly isCut: boolean;
  readonly bytes: number;
}

/** What a call weighs in an answer, over `ap` (approvals) and `d` (decisions). The changes of an edit are about as large as it is. */
const SIZE = `(octet_length(d.arguments::text) + octet_length(d.resource::text)
  + 2 * coalesce(octet_length(ap.edited_arguments::text), 0))`;

/** What the session of a call weighs besides, where it is sent too. */
const SESSION_SIZE = `coalesce((SELECT octet_length(s.request) + octet_length(coalesce(s.purpose, '')) FROM sessions s
  WHERE s.workspace_id = $1 AND s.id = d.session_id AND s.agent_id = ap.agent_id), 0)`;

/**
 * Some approvals of a workspace in an order, from the first until they are too large together.
 *
 * @param part.ids a query for ids of approvals, whose first value is the workspace
 * @param part.order the columns of `ap` they are ordered by
 * @param part.withSessions the sessions of these calls are sent too
 * @param bytes how much may be sent; a row that would begin beyond it is left out
 */
export async function selectBounded(
  part: {
    readonly ids: string;
    readonly order: string;
    readonly values: readonly SqlValue[];
    readonly withSessions?: boolean;
  },
  bytes = ANSWER_BYTES,
): Promise<BoundedRows> {
  const size = part.withSessions === true ? `${SIZE} + ${SESSION_SIZE}` : SIZE;
  const rows = await sql<ApprovalRow & { found: number; upTo: number }>(
    // First which ones, from the narrow table and its indexes alone; then all about those few.
    `WITH part AS MATERIALIZED (${part.ids}),
     sized AS MATERIALIZED (
       SELECT ap.id, ${size} AS size, (sum(${size}) OVER (ORDER BY ${part.order} ROWS UNBOUNDED PRECEDING))::int AS up_to,
         (count(*) OVER ())::int AS found
       FROM part JOIN approvals ap ON ap.workspace_id = $1 AND ap.id = part.id
         JOIN decisions d ON d.workspace_id = $1 AND d.id = ap.decision_id)
     SELECT ${APPROVAL_COLUMNS}, sized.up_to AS "upTo", sized.found FROM sized, ${APPROVAL_TABLES}
     WHERE ap.workspace_id = $1 AND ap.id = sized.id AND sized.up_to - sized.size < $${part.values.length + 1}::float8
     ORDER BY ${part.order}`,
    [...part.values, bytes],
  );
  const last = rows.at(-1);
  return { rows, isCut: rows.length < (last?.found ?? 0), bytes: last?.upTo ?? 0 };
}
