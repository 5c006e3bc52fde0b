import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  agentPageSchema,
  AgentDetail,
  agentSessionPageSchema,
  decisionPageSchema,
  Explanation,
  History,
  incidentPageSchema,
  killSwitchListSchema,
  ladderListSchema,
} from '@/lib/contracts';
import { apiOf, type QueryValues } from '@/lib/client/api';
import { agentKeys, incidentKeys, ladderKeys, switchKeys } from '@/lib/client/query-keys';
import { historyFrom, instant, type Preset } from './score-chart/chart-params';
import type { Span } from './score-chart/shape';

export type AgentPage = z.infer<typeof agentPageSchema>;
export type DecisionPage = z.infer<typeof decisionPageSchema>;
export type SessionPage = z.infer<typeof agentSessionPageSchema>;
export type IncidentPage = z.infer<typeof incidentPageSchema>;
export type SwitchPage = z.infer<typeof killSwitchListSchema>;

export const AGENT_PAGE_SIZE = 100;
const DETAIL_PAGE_SIZE = 50;

const agentPath = (id: string) => `/api/v1/agents/${encodeURIComponent(id)}`;
const nextCursor = (page: { nextCursor: string | null }) => page.nextCursor ?? undefined;
const firstPage = undefined as string | undefined;

/** Agents of a workspace under filters, paged by keyset. */
export function agentListOptions(workspace: string, query: QueryValues) {
  return infiniteQueryOptions({
    queryKey: agentKeys.list(workspace, query),
    queryFn: ({ pageParam, signal }) =>
      apiOf(workspace).get<AgentPage>('/api/v1/agents', {
        query: { ...query, limit: AGENT_PAGE_SIZE, cursor: pageParam },
        signal,
      }),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function agentDetailOptions(workspace: string, id: string) {
  return queryOptions({
    queryKey: agentKeys.detail(workspace, id),
    queryFn: ({ signal }) => apiOf(workspace).get<AgentDetail>(agentPath(id), { signal }),
  });
}

/** Score points and marks: of a preset that ends now, or of a window inside it in finer resolution. */
export function historyOptions(
  workspace: string,
  id: string,
  range: { preset: Preset; window: Span | null },
) {
  const { preset, window } = range;
  const key = window ? { from: instant(window.from), to: instant(window.to) } : { preset };
  return queryOptions({
    queryKey: agentKeys.history(workspace, id, key),
    queryFn: ({ signal }) => {
      const query = window
        ? { from: instant(window.from), to: instant(window.to) }
        : { from: historyFrom(preset, Date.now()) };
      return apiOf(workspace).get<History>(`${agentPath(id)}/history`, { query, signal });
    },
    placeholderData: keepPreviousData,
  });
}

/** What moved the score at a moment; it never changes afterwards. */
export function explainOptions(workspace: string, id: string, at: number) {
  return queryOptions({
    queryKey: agentKeys.explain(workspace, id, instant(at)),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<Explanation>(`${agentPath(id)}/explain`, {
        query: { at: instant(at) },
        signal,
      }),
  });
}

export function agentDecisionsOptions(
  workspace: string,
  id: string,
  filters: { outcome: string | null; session: string | null },
) {
  const query = { agent: id, ...filters };
  return infiniteQueryOptions({
    queryKey: agentKeys.decisions(workspace, id, query),
    queryFn: ({ pageParam, signal }) =>
      apiOf(workspace).get<DecisionPage>('/api/v1/decisions', {
        query: { ...query, limit: DETAIL_PAGE_SIZE, cursor: pageParam },
        signal,
      }),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });
}

export function agentSessionsOptions(workspace: string, id: string) {
  return infiniteQueryOptions({
    queryKey: agentKeys.sessions(workspace, id),
    queryFn: ({ pageParam, signal }) =>
      apiOf(workspace).get<SessionPage>('/api/v1/sessions', {
        query: { agent: id, limit: DETAIL_PAGE_SIZE, cursor: pageParam },
        signal,
      }),
    initialPageParam: firstPage,
    getNextPageParam: nextCursor,
  });
}

export function agentIncidentsOptions(workspace: string, id: string) {
  return queryOptions({
    queryKey: incidentKeys.list(workspace, { agent: id }),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<IncidentPage>('/api/v1/incidents', {
        query: { agent: id, limit: DETAIL_PAGE_SIZE },
        signal,
      }),
  });
}

export function switchListOptions(workspace: string) {
  return queryOptions({
    queryKey: switchKeys.list(workspace),
    queryFn: ({ signal }) => apiOf(workspace).get<SwitchPage>('/api/v1/kill-switches', { signal }),
  });
}

/** The ladder in force, for the names of its rungs. */
export function ladderOptions(workspace: string) {
  return queryOptions({
    queryKey: ladderKeys.list(workspace),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<z.infer<typeof ladderListSchema>>('/api/v1/ladders', { signal }),
  });
}
