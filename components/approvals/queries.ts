import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  ApprovalDetail,
  ApproveRequest,
  RejectRequest,
  approvalPageSchema,
} from '@/lib/contracts';
import { apiOf } from '@/lib/client/api';
import { approvalKeys } from '@/lib/client/query-keys';
import type { ViewParams } from './view-params';

export type ApprovalPage = z.infer<typeof approvalPageSchema>;

/** Rows asked for at once: a queue of ordinary size comes in one answer. */
export const PAGE_SIZE = 200;

type Narrowing = Pick<ViewParams, 'tab' | 'q' | 'agent'>;

/** The list of a tab, in the server's order: pending oldest first, closed newest first. */
export function approvalListOptions(workspace: string, { tab, q, agent }: Narrowing) {
  const query = { status: tab, q: q.trim(), agent };
  return infiniteQueryOptions({
    queryKey: approvalKeys.list(workspace, query),
    queryFn: ({ pageParam, signal }) =>
      apiOf(workspace).get<ApprovalPage>('/api/v1/approvals', {
        query: { ...query, limit: PAGE_SIZE, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** The newest endings, to say of rows that left the queue how they ended. */
export function recentlyClosedOptions(workspace: string) {
  const query = { status: 'closed', limit: PAGE_SIZE };
  return queryOptions({
    queryKey: approvalKeys.list(workspace, query),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<ApprovalPage>('/api/v1/approvals', { query, signal }),
  });
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
    comment: (body: string) => api.post<ApprovalDetail>(`${path}/comment`, { body }),
    claim: () => api.post<ApprovalDetail>(`${path}/claim`),
    release: () => api.post<ApprovalDetail>(`${path}/release`),
  };
}
