'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { featureKey } from '@/lib/client/query-keys';
import { useApi, useWorkspace } from '@/lib/client/session';

/** A change of what is believed: once the server has confirmed it, the lists are read anew and `onDone` runs. */
export function useSend<Input, Answer>(
  send: (api: ReturnType<typeof useApi>, input: Input) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) {
  const api = useApi();
  const workspace = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => send(api, input),
    onSuccess: async (answer) => {
      await client.invalidateQueries({
        queryKey: [...featureKey(workspace, 'workspace'), 'connections'],
      });
      onDone?.(answer);
    },
  });
}
