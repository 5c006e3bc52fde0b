/** Which approvals a list of the queue holds, and in which order, as SQL. */
import { actorId, hasPermission } from '@/lib/auth';
import {
  PERSON_ROLES,
  type approvalListQuerySchema,
  type QueueSort,
  type QueueTab,
} from '@/lib/contracts';
import type { SqlValue } from '@/lib/db';
import { GROUP_RULE } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { filterId } from '@/lib/services/ids';
import { containsPattern, type CursorKind, type CursorValue } from '@/lib/services/paging';
import type { z } from 'zod';
import { closedAt, type ApprovalRow } from '../approval-rows';

export type ListQuery = z.infer<typeof approvalListQuerySchema>;
export type Narrowing = Omit<ListQuery, 'limit' | 'cursor'>;

/** A condition on the approval that stands under an alias, over the values of `narrowingValues`. */
type Condition = (alias: string) => string;

const waits: Condition = (ap) => `${ap}.state = 'pending' AND ${ap}.expires_at > $2`;
const isSnoozed: Condition = (ap) =>
  `EXISTS (SELECT 1 FROM approval_snoozes s WHERE s.workspace_id = ${ap}.workspace_id AND s.approval_id = ${ap}.id
     AND s.person_id = $7 AND s.until > $2)`;
const closed: Condition = (ap) => `(${ap}.state <> 'pending' OR ${ap}.expires_at <= $2)`;
const both =
  (...conditions: readonly Condition[]): Condition =>
  (ap) =>
    conditions.map((condition) => condition(ap)).join(' AND ');
const awake = both(waits, (ap) => `NOT ${isSnoozed(ap)}`);

/** Which rows a status means. Time ends an approval even before the sweep has closed it. */
const STATUS: Readonly<Record<ListQuery['status'], Condition>> = {
  pending: waits,
  expired: (ap) =>
    `(${ap}.state = 'expired' OR (${ap}.state = 'pending' AND ${ap}.expires_at <= $2))`,
  approved: (ap) => `${ap}.state = 'approved'`,
  rejected: (ap) => `${ap}.state = 'rejected'`,
  cancelled: (ap) => `${ap}.state = 'cancelled'`,
  closed,
  all: () => 'true',
};

const held = (ap: string) => `(${ap}.claimed_by IS NOT NULL AND ${ap}.claimed_until > $2)`;
const mine: Condition = (ap) =>
  `(${ap}.assigned_to = $7 OR (${ap}.claimed_by = $7 AND ${ap}.claimed_until > $2))`;
const DECIDING = PERSON_ROLES.filter((role) => hasPermission(role, 'approvals.decide'));

/** Assigned to somebody who may still decide. With whoever may not any more it would lie for good. */
export const assigned: Condition = (ap) =>
  `(${ap}.assigned_to IS NOT NULL AND EXISTS (SELECT 1 FROM memberships m JOIN people p ON p.id = m.person_id
     WHERE m.workspace_id = ${ap}.workspace_id AND m.person_id = ${ap}.assigned_to AND p.disabled_at IS NULL
       AND m.role IN (${DECIDING.map((role) => `'${role}'`).join(', ')})))`;
const free: Condition = (ap) => `(NOT ${assigned(ap)} AND NOT ${held(ap)})`;

/** Somebody has approved, and somebody else has to. */
const second: Condition = (ap) => `${ap}.verdicts_given > 0`;

/** What a tab means; the counts of the tabs use the same words. */
const TABS = {
  mine: both(awake, mine),
  unclaimed: both(awake, free),
  team: awake,
  second: both(awake, second),
  snoozed: both(waits, isSnoozed),
  closed,
} as const satisfies Record<QueueTab, Condition>;

/** Everything that narrows a list, on the approval under an alias. */
export function conditionOf(query: Narrowing, ap: string): string {
  const state = query.tab === undefined ? STATUS[query.status] : TABS[query.tab];
  return `${ap}.workspace_id = $1 AND $2::timestamptz IS NOT NULL AND $7::uuid IS NOT NULL AND ${state(ap)}
    AND ($3::uuid IS NULL OR ${ap}.agent_id = $3) AND ($5::text IS NULL OR ${ap}.tool = $5)
    AND ($6::text IS NULL OR ${ap}.risk = $6)
    AND ($4::text IS NULL OR ${ap}.tool ILIKE $4 OR ${ap}.resource_id ILIKE $4 OR ${ap}.agent_id IN (
      SELECT n.id FROM agents n WHERE n.workspace_id = $1 AND n.name ILIKE $4))`;
}

/** The values of `conditionOf`, `$1` to `$7`. */
export function narrowingValues({ actor, now }: ServiceContext, query: Narrowing): SqlValue[] {
  const search = query.q?.trim() ?? '';
  return [
    actor.workspaceId,
    now,
    filterId(query.agent, 'agent'),
    search === '' ? null : containsPattern(search),
    query.tool ?? null,
    query.risk ?? null,
    actorId(actor),
  ];
}

interface SortKey {
  readonly sql: Condition;
  readonly type: string;
  readonly kind: CursorKind;
  readonly of: (row: ApprovalRow) => CursorValue;
}

const RISK: SortKey = {
  sql: (ap) => `${ap}.risk_rank`,
  type: 'smallint',
  kind: 'integer',
  of: (row) => row.riskRank,
};
const END: SortKey = {
  sql: (ap) => `${ap}.expires_at`,
  type: 'timestamptz',
  kind: 'instant',
  of: (row) => row.expiresAt.toISOString(),
};
const REQUEST: SortKey = {
  sql: (ap) => `${ap}.requested_at`,
  type: 'timestamptz',
  kind: 'instant',
  of: (row) => row.requestedAt.toISOString(),
};
const CLOSED: SortKey = {
  sql: (ap) => `coalesce(${ap}.decided_at, ${ap}.cancelled_at, ${ap}.expires_at)`,
  type: 'timestamptz',
  kind: 'instant',
  of: (row) => closedAt(row).toISOString(),
};
const ID: SortKey = { sql: (ap) => `${ap}.id`, type: 'uuid', kind: 'id', of: (row) => row.id };
/** What was answered comes back to the top of whoever looks after it. */
const ANSWERED: SortKey = {
  sql: (ap) => `(CASE WHEN ${ap}.answered_at IS NULL THEN 1 ELSE 0 END)`,
  type: 'integer',
  kind: 'integer',
  of: (row) => (row.answeredAt === null ? 1 : 0),
};

export interface Order {
  readonly keys: readonly SortKey[];
  readonly descending: boolean;
}

const ORDERS: Readonly<Record<QueueSort | 'mine' | 'firstClosed' | 'lastClosed', Order>> = {
  urgency: { keys: [RISK, END, ID], descending: false },
  mine: { keys: [ANSWERED, RISK, END, ID], descending: false },
  oldest: { keys: [REQUEST, ID], descending: false },
  newest: { keys: [REQUEST, ID], descending: true },
  firstClosed: { keys: [CLOSED, ID], descending: false },
  lastClosed: { keys: [CLOSED, ID], descending: true },
};

/**
 * What waits comes oldest first, or by urgency in a tab; everything else newest first. The tab of what was closed goes by when it
 * closed, as its rows do.
 */
export function orderOf({ status, tab, sort }: Narrowing): Order {
  if (tab === 'closed' && sort !== 'urgency')
    return ORDERS[sort === 'oldest' ? 'firstClosed' : 'lastClosed'];
  if (sort === 'urgency' && tab === 'mine') return ORDERS.mine;
  if (sort !== undefined) return ORDERS[sort];
  if (tab === undefined) return ORDERS[status === 'pending' ? 'oldest' : 'newest'];
  return ORDERS[tab === 'mine' ? 'mine' : 'urgency'];
}

/** The sort keys as one value that can be compared. */
export const placeOf = ({ keys }: Order, ap: string): string =>
  `(${keys.map((key) => key.sql(ap)).join(', ')})`;

export const orderSql = ({ keys, descending }: Order, ap: string): string =>
  keys.map((key) => `${key.sql(ap)} ${descending ? 'DESC' : 'ASC'}`).join(', ');

/**
 * Keeps the first of each group that is in the list. Members of a group have the same risk, so that their place decides. What an
 * earlier rule put together stands alone.
 */
export function firstOfGroup(query: Narrowing, order: Order): string {
  const sign = order.descending ? '>' : '<';
  return `(ap.group_key IS NULL OR NOT starts_with(ap.group_key, '${GROUP_RULE}') OR NOT EXISTS (SELECT 1 FROM approvals g WHERE g.group_key = ap.group_key
    AND ${placeOf(order, 'g')} ${sign} ${placeOf(order, 'ap')} AND ${conditionOf(query, 'g')}))`;
}
