'use client';

import dynamic from 'next/dynamic';
import { useState, type RefObject } from 'react';
import type { RowsInSight } from './row-virtualizer';

// Its library is as large as the rest of a table, and few tables are long enough to need it.
const RowVirtualizer = dynamic(
  () => import('./row-virtualizer').then((module) => module.RowVirtualizer),
  { ssr: false },
);

/** Rows in the document until it is known which ones are in sight. */
const FIRST_ROWS = 40;

/** Which rows are in the document, and the heights (px) that stand for the others. */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
  virtual: boolean,
) {
  const [inSight, setInSight] = useState<RowsInSight>();
  if (!virtual)
    return {
      virtual,
      start: 0,
      end: count,
      before: 0,
      after: 0,
      reveal: () => undefined,
      watcher: null,
    };
  const start = Math.min(inSight?.start ?? 0, count);
  const end = Math.min(inSight?.end ?? FIRST_ROWS, count);
  return {
    virtual,
    start,
    end,
    before: start * rowHeight,
    after: (count - end) * rowHeight,
    reveal: (index: number) => inSight?.reveal(index),
    /** Stands behind the scroller in the document, so that it finds it there. */
    watcher: (
      <RowVirtualizer
        scroller={scroller}
        count={count}
        rowHeight={rowHeight}
        onChange={setInSight}
      />
    ),
  };
}
