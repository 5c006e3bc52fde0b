import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  agentPageSchema,
  evidenceSourceListSchema,
  IdentityIssuerList,
} from '@/lib/contracts';
import { apiOf } from '@/lib/client/api';
import { agentKeys, connectionKeys } from '@/lib/client/query-keys';

/** What was taken today, and how keys are doing, is looked at again while somebody does. */
const LOOK_AGAIN_MS = 15_000;
/** Agents that are offered at once; the search narrows them. */
const MOST_CHOICES = 20;

export const ISSUERS_PATH = '/api/v1/identity-issuers';
export const SOURCES_PATH = '/api/v1/evidence-sources';

export const issuersQuery = (workspace: string) =>
  queryOptions({
    queryKey: connectionKeys.one(workspace, 'issuers'),
    queryFn: ({ signal }) => apiOf(workspace).get<IdentityIssuerList>(ISSUERS_PATH, { signal }),
    refetchInterval: LOOK_AGAIN_MS,
  });

export const sourcesQuery = (workspace: string) =>
  queryOptions({
    queryKey: connectionKeys.one(workspace, 'sources'),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<z.infer<typeof evidenceSourceListSchema>>(SOURCES_PATH, { signal }),
    refetchInterval: LOOK_AGAIN_MS,
  });

/** Agents whose name, owner or id has the words. */
export const agentChoicesQuery = (workspace: string, q: string) =>
  queryOptions({
    queryKey: agentKeys.list(workspace, { q, limit: MOST_CHOICES }),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<z.infer<typeof agentPageSchema>>('/api/v1/agents', {
        signal,
        query: { q, limit: MOST_CHOICES },
      }),
  });
