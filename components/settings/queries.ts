import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { apiKeyListSchema } from '@/lib/contracts';
import { apiOf } from '@/lib/client/api';
import { apiKeyKeys } from '@/lib/client/query-keys';

export const apiKeysQuery = (workspace: string) =>
  queryOptions({
    queryKey: apiKeyKeys.list(workspace),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<z.infer<typeof apiKeyListSchema>>('/api/v1/api-keys', {
        signal,
        query: { limit: 200 },
      }),
  });
