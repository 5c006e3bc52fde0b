'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, type RefObject } from 'react';

export interface RowsInSight {
  start: number;
  /** The first one that is not in sight any more. */
  end: number;
  reveal: (index: number) => void;
}

/** Tells which rows of a long list are in sight; draws nothing itself. */
export function RowVirtualizer({
  scroller,
  count,
  rowHeight,
  onChange,
}: {
  scroller: RefObject<HTMLElement | null>;
  count: number;
  /** In px. */
  rowHeight: number;
  onChange: (rows: RowsInSight) => void;
}) {
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const [first, last] = [items[0]?.index, items.at(-1)?.index];
  useLayoutEffect(() => {
    if (first === undefined || last === undefined) return;
    const reveal = (index: number) => virtualizer.scrollToIndex(index);
    onChange({ start: first, end: last + 1, reveal });
  }, [first, last, virtualizer, onChange]);
  return null;
}
