/** The queries of overview, ladders, policies, incidents and ledger: same key and same call wherever they are used. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  Incident,
  incidentPageSchema,
  ladderListSchema,
  ledgerPageSchema,
  Overview,
  policyListSchema,
  responseListSchema,
} from '@/lib/contracts';
import { apiOf } from './api';
import {
  incidentKeys,
  ladderKeys,
  ledgerKeys,
  overviewKeys,
  policyKeys,
  responseKeys,
} from './query-keys';

export type LadderList = z.infer<typeof ladderListSchema>;
export type PolicyList = z.infer<typeof policyListSchema>;
export type ResponseList = z.infer<typeof responseListSchema>;
export type IncidentPage = z.infer<typeof incidentPageSchema>;
export type LedgerPage = z.infer<typeof ledgerPageSchema>;

export const overviewQuery = (workspace: string) =>
  queryOptions({
    queryKey: overviewKeys.all(workspace),
    queryFn: ({ signal }) => apiOf(workspace).get<Overview>('/api/v1/overview', { signal }),
  });

export const laddersQuery = (workspace: string) =>
  queryOptions({
    queryKey: ladderKeys.list(workspace),
    queryFn: ({ signal }) => apiOf(workspace).get<LadderList>('/api/v1/ladders', { signal }),
  });

export const responsesQuery = (workspace: string) =>
  queryOptions({
    queryKey: responseKeys.list(workspace),
    queryFn: ({ signal }) => apiOf(workspace).get<ResponseList>('/api/v1/responses', { signal }),
    staleTime: Infinity,
  });

export const policiesQuery = (workspace: string) =>
  queryOptions({
    queryKey: policyKeys.list(workspace),
    queryFn: ({ signal }) => apiOf(workspace).get<PolicyList>('/api/v1/policies', { signal }),
  });

export const incidentsQuery = (workspace: string, filters: { state?: string }) =>
  infiniteQueryOptions({
    queryKey: incidentKeys.list(workspace, filters),
    queryFn: ({ signal, pageParam }) =>
      apiOf(workspace).get<IncidentPage>('/api/v1/incidents', {
        signal,
        query: { ...filters, cursor: pageParam, limit: 100 },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const incidentQuery = (workspace: string, id: string) =>
  queryOptions({
    queryKey: incidentKeys.one(workspace, id),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<Incident>(`/api/v1/incidents/${encodeURIComponent(id)}`, { signal }),
  });

const LEDGER_PAGE = 100;
/** Newest first; each further page ends before the oldest entry of the one above it. */
export const ledgerQuery = (workspace: string, filters: { kind?: string; subject?: string }) =>
  infiniteQueryOptions({
    queryKey: ledgerKeys.list(workspace, filters),
    queryFn: ({ signal, pageParam }) =>
      apiOf(workspace).get<LedgerPage>('/api/v1/ledger', {
        signal,
        query: { ...filters, before: pageParam, limit: LEDGER_PAGE },
      }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => (page.nextCursor === null ? undefined : Number(page.nextCursor)),
  });
