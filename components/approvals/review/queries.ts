import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { apiOf } from '@/lib/client/api';
import { reviewingKeys } from '@/lib/client/query-keys';
import type { ReviewDetail, ReviewPage } from '@/lib/contracts';

export const REVIEW_TABS = ['open', 'closed'] as const;
export type ReviewTab = (typeof REVIEW_TABS)[number];

export const tabOf = (value: string | null | undefined): ReviewTab =>
  value === 'closed' ? 'closed' : 'open';

export const REVIEW_PAGE_SIZE = 50;
const firstPage = undefined as string | undefined;

export const samplePath = (id: string) => `/api/v1/reviews/${encodeURIComponent(id)}`;

/** Samples: those that need one's own word, or all others. */
export function sampleListOptions(workspace: string, state: ReviewTab) {
  return infiniteQueryOptions({
    queryKey: reviewingKeys.samples(workspace, state),
    queryFn: ({ pageParam, signal }) =>
      apiOf(workspace).get<ReviewPage>('/api/v1/reviews', {
        query: { state, limit: REVIEW_PAGE_SIZE, cursor: pageParam },
        signal,
      }),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function sampleOptions(workspace: string, id: string) {
  return queryOptions({
    queryKey: reviewingKeys.sample(workspace, id),
    queryFn: ({ signal }) => apiOf(workspace).get<ReviewDetail>(samplePath(id), { signal }),
  });
}
