import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { apiOf } from '@/lib/client/api';
import { grantsKey } from '@/lib/client/query-keys';
import type { Grant, grantPageSchema } from '@/lib/contracts';

/** What lets calls run without asking right now, of one agent where it is named. */
export const liveGrantsOptions = (workspace: string, agent?: string) =>
  queryOptions({
    queryKey: agent === undefined ? grantsKey(workspace) : [...grantsKey(workspace), agent],
    queryFn: ({ signal }) =>
      apiOf(workspace).get<z.infer<typeof grantPageSchema>>('/api/v1/grants', {
        query: { state: 'live', agent, limit: 100 },
        signal,
      }),
    // A grant ends by itself, without an announcement until somebody has swept it.
    refetchInterval: ({ state }) => ((state.data?.items.length ?? 0) > 0 ? 30_000 : false),
  });

export const revokeGrant = (workspace: string, id: string) =>
  apiOf(workspace).post<Grant>(`/api/v1/grants/${encodeURIComponent(id)}/revoke`);
