'use client';

import { useEffect, useRef } from 'react';
import type { QueueRow } from './queue-rows';
import { type ViewParams, listOf } from './view-params';
import { isWide } from './wide';

/**
 * Where there is room for both, the oldest call is open from the start: once for each list, and only while nothing is open.
 * Never because something new came in.
 */
export function useOpenFirst({
  view,
  rows,
  loaded,
  open,
}: {
  view: ViewParams;
  rows: readonly QueueRow[];
  /** The rows are those of this view. */
  loaded: boolean;
  open: (id: string) => void;
}): void {
  const done = useRef<string | null>(null);
  const list = listOf(view);
  useEffect(() => {
    if (!loaded || done.current === list) return;
    done.current = list;
    const first = rows[0]?.approval.id;
    if (view.item === null && first !== undefined && isWide()) open(first);
  }, [list, loaded, rows, view.item, open]);
}
