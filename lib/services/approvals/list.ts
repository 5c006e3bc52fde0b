import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import type { Approval, approvalPageSchema } from '@/lib/contracts';
import { sql, type SqlValue } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { decodeCursor, pageFrom } from '@/lib/services/paging';
import { serializeApproval, type ApprovalRow } from './approval-rows';
import { selectBounded, type BoundedRows } from './bounded-rows';
import {
  conditionOf,
  firstOfGroup,
  narrowingValues,
  orderOf,
  orderSql,
  placeOf,
  type ListQuery,
  type Narrowing,
} from './queue/conditions';
import { countPending, countQueue } from './queue/counts';
import { queueFacts } from './queue/queue-facts';

/**
 * One page of the queue or of what was closed, in the order of its tab, status or sort. It ends before its limit where its calls are
 * too large together; the cursor goes on from there.
 */
export async function listApprovals(
  context: ServiceContext,
  query: ListQuery,
): Promise<z.infer<typeof approvalPageSchema>> {
  requirePermission(context.actor, 'workspace.read');
  const order = orderOf(query);
  const after = decodeCursor(
    query.cursor,
    order.keys.map(({ kind }) => kind),
  );
  const [{ rows, isCut }, counts] = await Promise.all([
    selectApprovals(context, query, { after, limit: query.limit + 1 }),
    query.tab === undefined ? countPending(context) : countQueue(context),
  ]);
  const page = pageFrom(
    rows,
    query.limit,
    (row) => order.keys.map((key) => key.of(row)),
    (row) => row,
    isCut,
  );
  return { ...page, items: await serializeApprovals(context, page.items), counts };
}

/** The approvals as whoever asks sees them. */
export async function serializeApprovals(
  context: ServiceContext,
  rows: readonly ApprovalRow[],
): Promise<Approval[]> {
  const facts = await queueFacts(context, rows);
  return rows.map((row) => ({ ...serializeApproval(row, context.now), ...facts(row) }));
}

interface Part {
  /** The sort values of the row before the first. */
  readonly after?: readonly (string | number | undefined)[];
  readonly limit: number;
  /** Only these approvals. */
  readonly ids?: readonly string[];
  /** Only members of these groups. */
  readonly groups?: readonly string[];
}

/**
 * Rows of a list in its order, as many as one answer carries. `grouped` leaves the first of each group.
 *
 * @param part.withSessions leaves room for the sessions of the rows
 */
export function selectApprovals(
  context: ServiceContext,
  query: Narrowing,
  { bytes, withSessions, ...part }: Part & { readonly bytes?: number; withSessions?: boolean },
): Promise<BoundedRows> {
  const { text, values } = partOf(context, query, part);
  const order = orderSql(orderOf(query), 'ap');
  return selectBounded({ ids: text, order, values, withSessions }, bytes);
}

/** Ids of a list in its order. */
export async function selectIds(
  context: ServiceContext,
  query: Narrowing,
  part: Part,
): Promise<string[]> {
  const { text, values } = partOf(context, query, part);
  const rows = await sql<{ id: string }>(text, values);
  return rows.map(({ id }) => id);
}

function partOf(
  context: ServiceContext,
  query: Narrowing,
  { after = [], limit, ids, groups }: Part,
): { text: string; values: SqlValue[] } {
  const order = orderOf(query);
  const values: SqlValue[] = [...narrowingValues(context, query), limit];
  const bind = (value: SqlValue, type: string) => `$${values.push(value)}::${type}`;
  const parts = [conditionOf(query, 'ap')];
  if (query.grouped === true) parts.push(firstOfGroup(query, order));
  if (ids !== undefined) parts.push(`ap.id = ANY(${bind(ids, 'uuid[]')})`);
  if (groups !== undefined) parts.push(`ap.group_key = ANY(${bind(groups, 'text[]')})`);
  if (after.length > 0) {
    const place = order.keys.map(({ type }, index) => bind(after[index] ?? null, type));
    parts.push(`${placeOf(order, 'ap')} ${order.descending ? '<' : '>'} (${place.join(', ')})`);
  }
  return {
    text: `SELECT ap.id FROM approvals ap WHERE ${parts.join('\n AND ')} ORDER BY ${orderSql(order, 'ap')} LIMIT $8`,
    values,
  };
}
