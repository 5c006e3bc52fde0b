import { queryOptions } from '@tanstack/react-query';
import type { MessagePreferences, Passkey, StepUpMode } from '@/lib/contracts';
import { apiOf } from '@/lib/client/api';
import { yourKeys } from '@/lib/client/query-keys';

export const passkeysQuery = (workspace: string) =>
  queryOptions({
    queryKey: yourKeys.one(workspace, 'passkeys'),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<{ items: Passkey[] }>('/api/v1/me/passkeys', { signal }),
  });

export const stepUpQuery = (workspace: string) =>
  queryOptions({
    queryKey: [workspace, 'workspace', 'step-up'],
    queryFn: ({ signal }) =>
      apiOf(workspace).get<{ mode: StepUpMode }>('/api/v1/workspace/step-up', { signal }),
  });

export const myMessagesQuery = (workspace: string) =>
  queryOptions({
    queryKey: yourKeys.one(workspace, 'messages'),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<MessagePreferences>('/api/v1/me/messages', { signal }),
  });
