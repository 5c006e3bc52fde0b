import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { apiKeyListSchema, personListSchema } from '@/lib/contracts';
import { apiOf } from '@/lib/client/api';
import { apiKeyKeys, peopleKeys } from '@/lib/client/query-keys';

const MOST = { limit: 200 };

export const peopleQuery = (workspace: string) =>
  queryOptions({
    queryKey: peopleKeys.list(workspace),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<z.infer<typeof personListSchema>>('/api/v1/people', {
        signal,
        query: MOST,
      }),
  });

export const apiKeysQuery = (workspace: string) =>
  queryOptions({
    queryKey: apiKeyKeys.list(workspace),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<z.infer<typeof apiKeyListSchema>>('/api/v1/api-keys', {
        signal,
        query: MOST,
      }),
  });
