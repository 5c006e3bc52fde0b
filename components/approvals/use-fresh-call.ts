'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { approvalKeys } from '@/lib/client/query-keys';
import { useLiveListener } from '@/lib/client/use-live-events';
import type { ApprovalDetail, EventType, LiveEvent } from '@/lib/contracts';

/** After these the score beside the verdict is another one, or whether the call could run at all. */
const CHANGES_IT: ReadonlySet<EventType> = new Set([
  'decision.made',
  'trust.changed',
  'agent.changed',
  'incident.changed',
  'switch.changed',
  'policy.changed',
  'ladder.changed',
  'tool.changed',
]);

/** Reads the open call again when something happens to its agent, or to what holds for all agents. */
export function useFreshCall(workspace: string, open: ApprovalDetail | undefined): void {
  const client = useQueryClient();
  const id = open?.id;
  const agentId = open?.agent.id;
  const listener = useCallback(
    ({ type, agentId: about }: LiveEvent) => {
      if (id === undefined || !CHANGES_IT.has(type)) return;
      if (about === null || about === agentId)
        void client.invalidateQueries({ queryKey: approvalKeys.detail(workspace, id) });
    },
    [client, workspace, id, agentId],
  );
  useLiveListener(listener);
}
