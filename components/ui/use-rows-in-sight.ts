'use client';

import { useLayoutEffect, useState, type RefObject } from 'react';

export interface RowsInSight {
  readonly first: number;
  /** The last one, in sight at least in part. */
  readonly last: number;
  /** Scrolls as little as it takes to show a row, or to the middle of the list. */
  readonly reveal: (index: number, where?: 'nearest' | 'middle') => void;
}

/** What the server draws, before anybody knows how high the window is (px). */
const FIRST_HEIGHT = 900;

/**
 * Which rows of equal height stand in the part of a list that is in sight, so that a list of ten thousand keeps only those in the
 * document. Rows of equal height need no more than a division.
 *
 * @param rowHeight in px
 * @param head height of what stands still above the rows inside the scroller, in px
 */
export function useRowsInSight(
  scroller: RefObject<HTMLElement | null>,
  rowHeight: number,
  head = 0,
): RowsInSight {
  const [sight, setSight] = useState({ first: 0, last: Math.ceil(FIRST_HEIGHT / rowHeight) });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const look = (): void => {
      const { scrollTop, clientHeight } = element;
      const first = Math.max(0, Math.floor(scrollTop / rowHeight));
      const last = Math.max(first, Math.ceil((scrollTop + clientHeight - head) / rowHeight) - 1);
      setSight((seen) => (seen.first === first && seen.last === last ? seen : { first, last }));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller, rowHeight, head]);
  const reveal: RowsInSight['reveal'] = (index, where = 'nearest') => {
    const element = scroller.current;
    if (element === null) return;
    const top = index * rowHeight;
    const lowest = top + rowHeight + head - element.clientHeight;
    const middle = (top + lowest) / 2;
    const nearest = Math.max(lowest, Math.min(top, element.scrollTop));
    element.scrollTo({ top: where === 'middle' ? middle : nearest });
  };
  return { ...sight, reveal };
}
