'use client';

import { startTransition, useEffect, useRef, useState } from 'react';
import type { QueueRow } from './queue-rows';
import { type ViewParams, listOf } from './view-params';
import { isWide } from './wide';

/**
 * Where there is room for both, the oldest call is open from the start: once for each list, and only while nothing is open.
 * Never because something new came in.
 *
 * @returns the call that stands beside the queue. Before the width of the window is known, on the server and in the first drawing
 *   of the browser, it is the one that will be open: in the first byte, and hidden where there is room for the queue only
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
}): string | null {
  const done = useRef<string | null>(null);
  const [begun, setBegun] = useState(false);
  const list = listOf(view);
  const first = rows[0]?.approval.id;
  useEffect(() => {
    if (!loaded || done.current === list) return;
    done.current = list;
    // It stands there already: no frame need wait for everything around it to hear that it is open.
    startTransition(() => {
      if (view.item === null && first !== undefined && isWide()) open(first);
      setBegun(true);
    });
  }, [list, loaded, first, view.item, open]);
  return view.item ?? (begun ? null : (first ?? null));
}
