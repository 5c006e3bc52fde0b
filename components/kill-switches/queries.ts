import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  type QueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  agentPageSchema,
  AgentDetail,
  killSwitchListSchema,
  switchImpactSchema,
  SwitchInput,
  switchSetSchema,
  KillSwitch,
  toolPageSchema,
} from '@/lib/contracts';
import { apiOf } from '@/lib/client/api';
import { agentKeys, featureKey, switchKeys, toolKeys } from '@/lib/client/query-keys';
import type { Mode, ScopeType } from './switch-text';

const PAGE_SIZE = 50;
const SUGGESTIONS = 20;
const MOST_TOOLS = 200;
const path = '/api/v1/kill-switches';

/** Switches in force first, then the released ones, newest first in both. */
export function switchPagesOptions(workspace: string) {
  return infiniteQueryOptions({
    queryKey: [...switchKeys.list(workspace), 'pages'] as const,
    queryFn: ({ pageParam, signal }) =>
      apiOf(workspace).get<z.infer<typeof killSwitchListSchema>>(path, {
        query: { limit: PAGE_SIZE, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** What a switch would end if it were set now. */
export function impactOptions(workspace: string, type: ScopeType, value: string, mode: Mode) {
  const query = { type, value: type === 'workspace' ? null : value, mode };
  return queryOptions({
    queryKey: switchKeys.impact(workspace, query),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<z.infer<typeof switchImpactSchema>>(`${path}/impact`, { query, signal }),
    enabled: type === 'workspace' || value !== '',
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** Agents to choose from while typing a name. */
export function agentChoicesOptions(workspace: string, q: string) {
  const query = { q, limit: SUGGESTIONS };
  return queryOptions({
    queryKey: agentKeys.list(workspace, { ...query, choices: true }),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<z.infer<typeof agentPageSchema>>('/api/v1/agents', { query, signal }),
    placeholderData: keepPreviousData,
  });
}

export function agentOptions(workspace: string, id: string) {
  return queryOptions({
    queryKey: agentKeys.detail(workspace, id),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<AgentDetail>(`/api/v1/agents/${encodeURIComponent(id)}`, { signal }),
  });
}

export function toolChoicesOptions(workspace: string) {
  const query = { limit: MOST_TOOLS };
  return queryOptions({
    queryKey: toolKeys.list(workspace, query),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<z.infer<typeof toolPageSchema>>('/api/v1/tools', { query, signal }),
  });
}

export function setSwitch(workspace: string, input: SwitchInput) {
  return apiOf(workspace).post<z.infer<typeof switchSetSchema>>(path, input);
}

export function releaseSwitch(workspace: string, id: string, reason: string) {
  return apiOf(workspace).post<KillSwitch>(`${path}/${encodeURIComponent(id)}/release`, { reason });
}

/** After the server confirmed: everything a switch changes is fetched anew. */
export function refreshAfterSwitch(client: QueryClient, workspace: string): Promise<unknown> {
  const features = ['switches', 'agents', 'agent', 'approvals', 'pending', 'overview'] as const;
  return Promise.all(
    features.map((feature) =>
      client.invalidateQueries({ queryKey: featureKey(workspace, feature) }),
    ),
  );
}
