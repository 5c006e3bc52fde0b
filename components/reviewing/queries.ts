import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { apiOf } from '@/lib/client/api';
import { reviewingKeys } from '@/lib/client/query-keys';
import type { MyReviewing, ReviewingTrend, Vigilance } from '@/lib/contracts';

export const SPANS = [7, 30, 90] as const;
export type SpanDays = (typeof SPANS)[number];

export const spanOf = (value: string | null | undefined): SpanDays =>
  SPANS.find((days) => String(days) === value) ?? 30;

export const SETTINGS_PATH = '/api/v1/reviewing/settings';

export const myReviewingOptions = (workspace: string, days: SpanDays) =>
  queryOptions({
    queryKey: reviewingKeys.mine(workspace, days),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<MyReviewing>('/api/v1/reviewing/mine', { query: { days }, signal }),
    placeholderData: keepPreviousData,
  });

export const trendOptions = (workspace: string) =>
  queryOptions({
    queryKey: reviewingKeys.trend(workspace),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<ReviewingTrend>('/api/v1/reviewing/trend', { signal }),
  });

export const vigilanceOptions = (workspace: string) =>
  queryOptions({
    queryKey: reviewingKeys.settings(workspace),
    queryFn: ({ signal }) => apiOf(workspace).get<Vigilance>(SETTINGS_PATH, { signal }),
  });
