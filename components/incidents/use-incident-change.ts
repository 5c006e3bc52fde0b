'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Incident } from '@/lib/contracts';
import { featureKey } from '@/lib/client/query-keys';
import { useWorkspace } from '@/lib/client/session';

/** A change of one incident; the lists refetch when the server has confirmed. */
export function useIncidentChange<Input>(send: (input: Input) => Promise<Incident>) {
  const workspace = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => client.invalidateQueries({ queryKey: featureKey(workspace, 'incidents') }),
  });
}
