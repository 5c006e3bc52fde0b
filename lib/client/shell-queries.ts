/** What stands around every page: how many approvals wait, and which kill switches are in force. */
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { approvalPageSchema, killSwitchListSchema } from '@/lib/contracts';
import { apiOf } from './api';
import { approvalKeys, switchKeys } from './query-keys';

type ApprovalPage = z.infer<typeof approvalPageSchema>;
type KillSwitchList = z.infer<typeof killSwitchListSchema>;

export const pendingQuery = (workspace: string) =>
  queryOptions({
    queryKey: approvalKeys.pending(workspace),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<ApprovalPage>('/api/v1/approvals', {
        signal,
        query: { status: 'pending', limit: 1 },
      }),
  });

export const switchesQuery = (workspace: string) =>
  queryOptions({
    queryKey: switchKeys.list(workspace),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<KillSwitchList>('/api/v1/kill-switches', { signal }),
  });
