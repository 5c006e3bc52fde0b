import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Tool, toolImportListSchema, toolPageSchema } from '@/lib/contracts';
import { apiOf } from '@/lib/client/api';
import { toolKeys } from '@/lib/client/query-keys';

/** Entries of the catalogue that one call answers with. */
const PAGE = 200;
/** Most calls for the rest of it. */
const MOST_PAGES = 25;

export const toolImportsQuery = (workspace: string) =>
  queryOptions({
    queryKey: toolKeys.list(workspace, { of: 'servers' }),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<z.infer<typeof toolImportListSchema>>('/api/v1/tool-imports', {
        signal,
      }),
  });

type ToolPage = z.infer<typeof toolPageSchema>;

export const toolsQuery = (workspace: string) =>
  queryOptions({
    queryKey: toolKeys.list(workspace),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<ToolPage>('/api/v1/tools', {
        signal,
        query: { limit: PAGE },
      }),
  });

/** What stands behind the first page: all of it, so that a tool is found wherever it stands. */
export const moreToolsQuery = (workspace: string, cursor: string) =>
  queryOptions({
    queryKey: toolKeys.list(workspace, { after: cursor }),
    queryFn: async ({ signal }) => {
      const items: Tool[] = [];
      let next: string | null = cursor;
      for (let page = 0; page < MOST_PAGES && next !== null; page += 1) {
        const answer: ToolPage = await apiOf(workspace).get<ToolPage>('/api/v1/tools', {
          signal,
          query: { limit: PAGE, cursor: next },
        });
        items.push(...answer.items);
        next = answer.nextCursor;
      }
      return items;
    },
    enabled: cursor !== '',
  });
