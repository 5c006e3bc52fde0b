import { requirePermission } from '@/lib/auth';
import type { GroupMember, QueueChanges, QueueChangesQuery } from '@/lib/contracts';
import { currentGroupKey } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { decodeCursor, encodeCursor } from '@/lib/services/paging';
import type { ApprovalRow } from '../approval-rows';
import { ANSWER_BYTES, selectBounded, type BoundedRows } from '../bounded-rows';
import { selectApprovals, selectIds, serializeApprovals } from '../list';
import { selectSessions } from '../asked-sessions';
import { orderOf } from './conditions';
import { countQueue } from './counts';

/** Members of a group that are sent one by one. */
const MAX_MEMBERS = 200;
/**
 * First items of groups are not cut: one that is missing has left the list. They differ from the named ones, which are bounded, in
 * short values only, and there is one for each of these at most.
 */
const HEADS_BYTES = Infinity;

/**
 * What became of a few approvals of a list, so that an open page follows the queue without reading it anew: how they stand, which
 * of them are in the list, and the first item of each of their groups. Also opens groups.
 */
export async function queueChanges(
  context: ServiceContext,
  { ids = [], groups = [], after, ...filter }: QueueChangesQuery,
): Promise<QueueChanges> {
  const { actor } = context;
  requirePermission(actor, 'workspace.read');
  const query = { ...filter, status: 'pending' as const };
  const single = { ...query, grouped: false };
  const [named, listed, members, counts] = await Promise.all([
    selectByIds(actor.workspaceId, ids),
    ids.length === 0 ? [] : selectIds(context, single, { ids, limit: ids.length }),
    membersOf(context, single, groups, after),
    countQueue(context),
  ]);
  const keys = [...new Set(named.rows.flatMap(({ groupKey }) => currentGroupKey(groupKey) ?? []))];
  const heads =
    filter.grouped === true && keys.length > 0
      ? (
          await selectApprovals(context, query, {
            groups: keys,
            limit: keys.length,
            bytes: HEADS_BYTES,
          })
        ).rows
      : [];
  const [changed, first, inside, sessions] = await Promise.all([
    serializeApprovals(context, named.rows),
    serializeApprovals(context, heads),
    serializeMembers(context, members.rows),
    selectSessions(actor.workspaceId, members.rows),
  ]);
  const answered = new Set(named.rows.map(({ id }) => id));
  const left = {
    ids: named.isCut ? ids.filter((id) => !answered.has(id)) : [],
    groups: [...members.left],
    after: members.after,
  };
  return { changed, listed, heads: first, members: inside, sessions, left, counts };
}

async function serializeMembers(
  context: ServiceContext,
  rows: readonly ApprovalRow[],
): Promise<GroupMember[]> {
  const approvals = await serializeApprovals(context, rows);
  const trust = new Map(rows.map(({ id, trustAtRequest }) => [id, trustAtRequest]));
  return approvals.map((approval) => {
    const { score, rung } = trust.get(approval.id) ?? approval.agent.trust;
    return { ...approval, trustAtRequest: { score, rung } };
  });
}

interface Members {
  readonly rows: readonly ApprovalRow[];
  /** Groups whose members did not all fit, or not one of them. */
  readonly left: readonly string[];
  /** Where to go on in the first of these. */
  readonly after: string | null;
}

/** Members of groups, one group after the other, until they are too large together. */
async function membersOf(
  context: ServiceContext,
  query: Parameters<typeof selectApprovals>[1],
  groups: readonly string[],
  cursor: string | undefined,
): Promise<Members> {
  const { keys } = orderOf(query);
  const rows: ApprovalRow[] = [];
  let bytes = ANSWER_BYTES;
  // The cursor ends with how many members of the first group were sent before.
  let place = decodeCursor(cursor, [...keys.map(({ kind }) => kind), 'integer']);
  for (const [index, key] of groups.entries()) {
    if (bytes <= 0) return { rows, left: groups.slice(index), after: null };
    const sent = Number(place.at(-1) ?? 0);
    const part = {
      groups: [key],
      limit: Math.min(MAX_MEMBERS, Math.max(0, MAX_MEMBERS - sent)),
      after: place.slice(0, -1),
      withSessions: true,
    };
    const found = await selectApprovals(context, query, { ...part, bytes });
    rows.push(...found.rows);
    const last = found.rows.at(-1);
    if (found.isCut && last !== undefined) {
      const values = [...keys.map((item) => item.of(last)), sent + found.rows.length];
      return { rows, left: groups.slice(index), after: encodeCursor(values) };
    }
    bytes -= found.bytes;
    place = [];
  }
  return { rows, left: [], after: null };
}

async function selectByIds(workspaceId: string, ids: readonly string[]): Promise<BoundedRows> {
  if (ids.length === 0) return { rows: [], isCut: false, bytes: 0 };
  return selectBounded({
    ids: 'SELECT ap.id FROM approvals ap WHERE ap.workspace_id = $1 AND ap.id = ANY($2::uuid[])',
    order: 'ap.id',
    values: [workspaceId, ids],
  });
}
