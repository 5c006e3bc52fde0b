import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { toolImportListSchema, toolPageSchema } from '@/lib/contracts';
import { apiOf } from '@/lib/client/api';
import { toolKeys } from '@/lib/client/query-keys';

/** Most entries of the catalogue that one page shows. */
const MOST = 200;

export const toolImportsQuery = (workspace: string) =>
  queryOptions({
    queryKey: toolKeys.list(workspace, { of: 'servers' }),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<z.infer<typeof toolImportListSchema>>('/api/v1/tool-imports', {
        signal,
      }),
  });

export const toolsQuery = (workspace: string) =>
  queryOptions({
    queryKey: toolKeys.list(workspace),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<z.infer<typeof toolPageSchema>>('/api/v1/tools', {
        signal,
        query: { limit: MOST },
      }),
  });
