import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  Approval,
  ApprovalDetail,
  ApproveRequest,
  CommentPage,
  QueueChanges,
  RejectRequest,
  approvalPageSchema,
} from '@/lib/contracts';
import { apiOf, type QueryValues } from '@/lib/client/api';
import { approvalKeys } from '@/lib/client/query-keys';
import { joinChanges } from './join-changes';
import type { ViewParams } from './view-params';

export type ApprovalPage = z.infer<typeof approvalPageSchema>;

/** Rows asked for at once: more than a screen, and few enough to be in the first answer. */
export const PAGE_SIZE = 60;

type Narrowing = Omit<ViewParams, 'item'>;

/** What the server is asked for: a tab with its filters. Like requests that wait come as one item. */
export function listQuery({ tab, q, agent, tool, risk, sort }: Narrowing) {
  return { tab, q: q.trim(), agent, tool, risk, sort, grouped: tab !== 'closed' };
}

/**
 * The list of a view, page after page. Its key stands outside of what announcements refetch: the queue follows them by asking what
 * changed.
 */
export function approvalListOptions(workspace: string, view: Narrowing) {
  const query = listQuery(view);
  return infiniteQueryOptions({
    queryKey: queueKey(workspace, query),
    queryFn: ({ pageParam, signal }) =>
      apiOf(workspace).get<ApprovalPage>('/api/v1/approvals', {
        query: { ...query, limit: PAGE_SIZE, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    // A page that was read anew is another page, also when it says the same: see `withRead`.
    structuralSharing: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** What the keys of all lists of a workspace begin with. */
export const queueKeyOf = (workspace: string) => ['queue', workspace] as const;
const queueKey = (workspace: string, query: QueryValues) =>
  [...queueKeyOf(workspace), query] as const;

/** What became of approvals and groups of a view, all of it: what does not fit into one answer is asked for in the next. */
export async function fetchChanges(
  workspace: string,
  view: Narrowing,
  { ids = [], groups = [] }: { ids?: readonly string[]; groups?: readonly string[] },
): Promise<QueueChanges> {
  const ask = (left: { ids: readonly string[]; groups: readonly string[]; after: string | null }) =>
    apiOf(workspace).get<QueueChanges>('/api/v1/approvals/changes', {
      query: {
        ...listQuery(view),
        ids: left.ids.join(','),
        groups: left.groups.join(','),
        after: left.after,
      },
    });
  let changes = await ask({ ids, groups, after: null });
  while (changes.left.ids.length + changes.left.groups.length > 0)
    changes = joinChanges(changes, await ask(changes.left));
  return changes;
}

/** Approvals asked about at once; the server takes no more. */
export const MOST_ASKED = 100;

/** How some approvals stand now, whatever list they are in, by their ids; one that is gone is absent. */
export async function readAsTheyStand(
  workspace: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Approval>> {
  const current = new Map<string, Approval>();
  for (let from = 0; from < ids.length; from += MOST_ASKED) {
    let left = ids.slice(from, from + MOST_ASKED);
    while (left.length > 0) {
      const changes = await apiOf(workspace).get<QueueChanges>('/api/v1/approvals/changes', {
        query: { tab: 'team', ids: left.join(',') },
      });
      for (const approval of changes.changed) current.set(approval.id, approval);
      left = changes.left.ids;
    }
  }
  return current;
}

/** One approval with everything a reviewer needs to decide. */
export function approvalDetailOptions(workspace: string, id: string) {
  return queryOptions({
    queryKey: approvalKeys.detail(workspace, id),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<ApprovalDetail>(`/api/v1/approvals/${encodeURIComponent(id)}`, {
        signal,
      }),
    // Somebody else's claim ends by itself, without an announcement.
    refetchInterval: ({ state }) => untilClaimEnds(state.data?.claim?.until, Date.now()),
  });
}

/** What was written about one approval, page after page, newest first. */
export function commentsOptions(workspace: string, id: string) {
  return infiniteQueryOptions({
    queryKey: approvalKeys.comments(workspace, id),
    queryFn: ({ pageParam, signal }) =>
      apiOf(workspace).get<CommentPage>(`/api/v1/approvals/${encodeURIComponent(id)}/comments`, {
        query: { cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** Milliseconds until a claim has ended, or false when there is none. */
function untilClaimEnds(until: string | undefined, now: number): number | false {
  return until === undefined ? false : Math.max(1_000, Date.parse(until) - now + 250);
}

/** What a reviewer can do to one approval; each answers with the approval as it stands afterwards. */
export function approvalActions(workspace: string, id: string) {
  const api = apiOf(workspace);
  const path = `/api/v1/approvals/${encodeURIComponent(id)}`;
  return {
    approve: (body: ApproveRequest) => api.post<ApprovalDetail>(`${path}/approve`, body),
    reject: (body: RejectRequest) => api.post<ApprovalDetail>(`${path}/reject`, body),
    comment: (body: string, idempotencyKey: string) =>
      api.post<ApprovalDetail>(`${path}/comment`, { body }, { idempotencyKey }),
    claim: () => api.post<ApprovalDetail>(`${path}/claim`),
    undo: () => api.post<ApprovalDetail>(`${path}/undo`),
    release: () => api.post<ApprovalDetail>(`${path}/release`),
  };
}
