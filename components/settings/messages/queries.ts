import { queryOptions } from '@tanstack/react-query';
import type { MessagesOverview } from '@/lib/contracts';
import { apiOf } from '@/lib/client/api';
import { messageKeys } from '@/lib/client/query-keys';

const LOOK_AGAIN_MS = 5_000;

/** Targets and what did not arrive; looked at again while somebody watches. */
export const messagesQuery = (workspace: string) =>
  queryOptions({
    queryKey: messageKeys.one(workspace, 'overview'),
    queryFn: ({ signal }) => apiOf(workspace).get<MessagesOverview>('/api/v1/messages', { signal }),
    refetchInterval: LOOK_AGAIN_MS,
  });
