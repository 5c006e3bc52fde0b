import { requirePermission } from '@/lib/auth';
import type { QueueChanges, QueueChangesQuery } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { currentGroupKey } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { APPROVAL_COLUMNS, APPROVAL_TABLES, type ApprovalRow } from '../approval-rows';
import { selectApprovals, serializeApprovals } from '../list';
import { countQueue } from './counts';

/** Members of a group that are sent one by one. */
const MAX_MEMBERS = 200;

/**
 * What became of a few approvals of a list, so that an open page follows the queue without reading it anew: how they stand, which
 * of them are in the list, and the first item of each of their groups. Also opens groups.
 */
export async function queueChanges(
  context: ServiceContext,
  { ids = [], groups = [], ...filter }: QueueChangesQuery,
): Promise<QueueChanges> {
  const { actor } = context;
  requirePermission(actor, 'workspace.read');
  const query = { ...filter, status: 'pending' as const };
  const single = { ...query, grouped: false };
  const [named, listed, members, counts] = await Promise.all([
    selectByIds(actor.workspaceId, ids),
    ids.length === 0 ? [] : selectApprovals(context, single, { ids, limit: ids.length }),
    membersOf(context, single, groups),
    countQueue(context),
  ]);
  const keys = [...new Set(named.flatMap(({ groupKey }) => currentGroupKey(groupKey) ?? []))];
  const heads =
    filter.grouped === true && keys.length > 0
      ? await selectApprovals(context, query, { groups: keys, limit: keys.length })
      : [];
  const [changed, first, inside] = await Promise.all([
    serializeApprovals(context, named),
    serializeApprovals(context, heads),
    serializeApprovals(context, members),
  ]);
  return { changed, listed: listed.map(({ id }) => id), heads: first, members: inside, counts };
}

async function membersOf(
  context: ServiceContext,
  query: Parameters<typeof selectApprovals>[1],
  groups: readonly string[],
): Promise<ApprovalRow[]> {
  const found = groups.map((key) =>
    selectApprovals(context, query, { groups: [key], limit: MAX_MEMBERS }),
  );
  return (await Promise.all(found)).flat();
}

async function selectByIds(workspaceId: string, ids: readonly string[]): Promise<ApprovalRow[]> {
  if (ids.length === 0) return [];
  return sql<ApprovalRow>(
    `SELECT ${APPROVAL_COLUMNS} FROM ${APPROVAL_TABLES}
     WHERE ap.workspace_id = $1 AND ap.id = ANY($2::uuid[]) ORDER BY ap.id`,
    [workspaceId, ids],
  );
}
