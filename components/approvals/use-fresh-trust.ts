'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { approvalKeys } from '@/lib/client/query-keys';
import { useLiveListener } from '@/lib/client/use-live-events';
import type { ApprovalDetail, LiveEvent } from '@/lib/contracts';

/** Reads the open call again when its agent's trust moves, so that the score beside the verdict is the one of now. */
export function useFreshTrust(workspace: string, open: ApprovalDetail | undefined): void {
  const client = useQueryClient();
  const id = open?.id;
  const agentId = open?.agent.id;
  const listener = useCallback(
    (event: LiveEvent) => {
      if (id === undefined || event.type !== 'trust.changed' || event.agentId !== agentId) return;
      void client.invalidateQueries({ queryKey: approvalKeys.detail(workspace, id) });
    },
    [client, workspace, id, agentId],
  );
  useLiveListener(listener);
}
