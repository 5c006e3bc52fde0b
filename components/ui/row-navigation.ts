'use client';

import { useState, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';

const PAGE_ROWS = 10;

/** Index after a key, from `index` among `count` rows; undefined when the key does not move. */
export function rowAfterKey(key: string, index: number, count: number): number | undefined {
  const target = {
    ArrowDown: index + 1,
    j: index + 1,
    ArrowUp: index - 1,
    k: index - 1,
    Home: 0,
    End: count - 1,
    PageDown: index + PAGE_ROWS,
    PageUp: index - PAGE_ROWS,
  }[key];
  if (target === undefined || count === 0) return undefined;
  return Math.min(Math.max(target, 0), count - 1);
}

interface Options<Row> {
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  onOpen?: ((row: Row) => void) | undefined;
  onMove?: ((row: Row) => void) | undefined;
  selectedKey?: string | null | undefined;
  reveal: (index: number) => void;
  scroller: RefObject<HTMLElement | null>;
}

export interface RowNavigation<Row> {
  /** Key of the row that is in the tab order. */
  tabStop: string | undefined;
  setCurrent: (key: string) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  openFromClick: (row: Row) => (event: MouseEvent<HTMLElement>) => void;
}

/** One row is in the tab order; the arrow keys move it. The place is kept by key, not by index, so that live rows do not shift it. */
export function useRowNavigation<Row>(options: Options<Row>): RowNavigation<Row> {
  const { rows, rowKey, onOpen, onMove, scroller } = options;
  const [current, setCurrent] = useState<string | null>(null);
  const keys = rows.map(rowKey);
  const wanted = [current, options.selectedKey].find((key) => key && keys.includes(key));
  const tabStop = wanted ?? keys[0];

  const focusRow = (key: string) => {
    const find = () =>
      scroller.current?.querySelector<HTMLElement>(`[data-row-key="${CSS.escape(key)}"]`);
    const row = find();
    if (row) row.focus();
    else requestAnimationFrame(() => requestAnimationFrame(() => find()?.focus()));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!(event.target instanceof HTMLElement) || !event.target.dataset.rowKey) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const index = keys.indexOf(event.target.dataset.rowKey);
    const row = rows[index];
    if (event.key === 'Enter' && row !== undefined) {
      event.preventDefault();
      onOpen?.(row);
      return;
    }
    const next = rowAfterKey(event.key, index, rows.length);
    const nextRow = next === undefined ? undefined : rows[next];
    if (next === undefined || nextRow === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setCurrent(rowKey(nextRow));
    options.reveal(next);
    focusRow(rowKey(nextRow));
    onMove?.(nextRow);
  };

  /** A click opens the row, except on something in it that does its own thing, or at the end of selecting text. */
  const openFromClick = (row: Row) => (event: MouseEvent<HTMLElement>) => {
    const inner =
      event.target instanceof Element ? event.target.closest('a,button,input,label,select') : null;
    if (inner || window.getSelection()?.toString()) return;
    onOpen?.(row);
  };

  return { tabStop, setCurrent, onKeyDown, openFromClick };
}
