import { queryOptions } from '@tanstack/react-query';
import { apiOf } from '@/lib/client/api';
import { verdictSettingsKey } from '@/lib/client/query-keys';
import type { VerdictSettings } from '@/lib/contracts';

export const verdictSettingsQuery = (workspace: string) =>
  queryOptions({
    queryKey: verdictSettingsKey(workspace),
    queryFn: ({ signal }) =>
      apiOf(workspace).get<VerdictSettings>('/api/v1/verdict-settings', { signal }),
  });
