'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { approvalDetailOptions } from './queries';
import { type QueueRow, nextId } from './queue-rows';

/** Reading the next call begins only when the reviewer rests on one, not while running through the list. */
const REST_MS = 250;

/** Loads the call after the open one ahead, so that moving on shows it at once. */
export function usePrefetchNext(
  workspace: string,
  rows: readonly QueueRow[],
  openId: string | null,
): void {
  const client = useQueryClient();
  const next = openId === null ? null : nextId(rows, openId);
  useEffect(() => {
    if (next === null) return undefined;
    const timer = setTimeout(
      () => void client.prefetchQuery(approvalDetailOptions(workspace, next)),
      REST_MS,
    );
    return () => clearTimeout(timer);
  }, [client, workspace, next]);
}
