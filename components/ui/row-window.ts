'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';

/** Which rows are in the document, and the heights (px) that stand for the others. */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
  virtual: boolean,
) {
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    enabled: virtual,
  });
  if (!virtual)
    return { virtual, start: 0, end: count, before: 0, after: 0, reveal: () => undefined };
  const items = virtualizer.getVirtualItems();
  const start = items[0]?.index ?? 0;
  const end = (items.at(-1)?.index ?? Math.min(count, 40) - 1) + 1;
  return {
    virtual,
    start,
    end,
    before: start * rowHeight,
    after: Math.max(0, (count - end) * rowHeight),
    reveal: (index: number) => virtualizer.scrollToIndex(index),
  };
}
