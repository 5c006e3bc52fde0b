/** The moments in which text from outside moved a score: same key and same call on the page of the agent and of the incident. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { MomentDetail, momentPageSchema } from '@/lib/contracts';
import { apiOf } from './api';
import { agentKeys } from './query-keys';

export type MomentPage = z.infer<typeof momentPageSchema>;

const path = (agentId: string) => `/api/v1/agents/${encodeURIComponent(agentId)}/moments`;

/** Newest first; with `incident` only its evidence. */
export const momentsQuery = (
  workspace: string,
  agentId: string,
  filters: { incident?: string } = {},
) =>
  infiniteQueryOptions({
    queryKey: agentKeys.moments(workspace, agentId, filters),
    queryFn: ({ signal, pageParam }) =>
      apiOf(workspace).get<MomentPage>(path(agentId), {
        signal,
        query: { ...filters, cursor: pageParam },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** One moment with its words. */
export const momentQuery = (workspace: string, agentId: string, id: string) =>
  queryOptions({
    queryKey: agentKeys.moment(workspace, agentId, id),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<MomentDetail>(`${path(agentId)}/${encodeURIComponent(id)}`, { signal }),
  });
