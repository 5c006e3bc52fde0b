'use client';

import { useQuery } from '@tanstack/react-query';
import { useWorkspace } from '@/lib/client/session';
import { pendingQuery, switchesQuery } from '@/lib/client/shell-queries';

/** How many approvals wait in the workspace; undefined until known. */
export function usePendingCount(): number | undefined {
  return useQuery(pendingQuery(useWorkspace())).data?.counts.pending;
}

/** The kill switches in force. `failed` matters: not knowing is not the same as none. */
export function useSwitchesInForce() {
  const query = useQuery(switchesQuery(useWorkspace()));
  return {
    switches: query.data?.items.filter((item) => item.inForce) ?? [],
    failed: query.isError && query.data === undefined,
  };
}
