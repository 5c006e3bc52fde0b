/** What stands around every page: how many approvals wait, and which kill switches are in force. */
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { approvalPageSchema, killSwitchListSchema, Waiting } from '@/lib/contracts';
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

/** What waits in every workspace of whoever is signed in. Nobody announces other workspaces: it is asked again now and then. */
export const waitingQuery = (workspace: string) =>
  queryOptions({
    queryKey: approvalKeys.waiting(workspace),
    queryFn: ({ signal }) => apiOf(workspace).get<Waiting>('/api/v1/me/waiting', { signal }),
    refetchInterval: 60_000,
  });
