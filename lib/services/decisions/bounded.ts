/** Decisions for a list, as many as one answer carries: what agents send may be large, and a list holds many of it. */
import { sql, type SqlValue } from '@/lib/db';
import { DECISION_COLUMNS, DECISION_TABLES, type DecisionRow } from './serialize';

/**
 * Where an answer ends, in bytes of what agents wrote. The row that passes it is still sent, so that there is always one: an answer
 * is larger by one call at most, which is 256 KiB.
 */
const ANSWER_BYTES = 1_000_000;

const SIZE = `(octet_length(d.arguments::text) + octet_length(d.reasons::text))`;

/**
 * Some decisions of a workspace, newest first, until they are too large together. Arguments come whole or not at all.
 *
 * @param part.where a condition over `d` (decisions), which names the workspace as `$1`
 * @param part.limit at most so many
 * @param bytes how much may be sent; a row that would begin beyond it is left out
 */
export async function selectBoundedDecisions(
  part: {
    readonly where: string;
    readonly values: readonly [workspaceId: string, ...SqlValue[]];
    readonly limit: number;
  },
  bytes = ANSWER_BYTES,
): Promise<{ rows: readonly DecisionRow[]; isCut: boolean }> {
  const count = part.values.length;
  const rows = await sql<DecisionRow & { found: number }>(
    `WITH part AS MATERIALIZED (
       SELECT d.id, ${SIZE} AS size FROM decisions d WHERE ${part.where} ORDER BY d.id DESC LIMIT $${count + 1}),
     sized AS MATERIALIZED (
       SELECT id, size, sum(size) OVER (ORDER BY id DESC ROWS UNBOUNDED PRECEDING) AS up_to, (count(*) OVER ())::int AS found FROM part)
     SELECT ${DECISION_COLUMNS}, sized.found FROM sized JOIN (${DECISION_TABLES}) ON d.workspace_id = $1 AND d.id = sized.id
     WHERE sized.up_to - sized.size < $${count + 2}::float8 ORDER BY d.id DESC`,
    [...part.values, part.limit, bytes],
  );
  return { rows, isCut: rows.length < (rows[0]?.found ?? 0) };
}
