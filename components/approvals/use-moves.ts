'use client';

import { useCallback, useRef, useState } from 'react';
import { neighbourId, nextId } from './queue-rows';
import type { useFocusTargets } from './use-focus-targets';
import type { useQueue } from './use-queue';
import type { useView } from './use-view';
import { isWide } from './wide';

interface MovesInput {
  openId: string | null;
  setView: ReturnType<typeof useView>[1];
  queue: ReturnType<typeof useQueue>;
  refs: ReturnType<typeof useFocusTargets>;
}

/** Moving through the queue. Beside the list the cursor is the open call; on a phone they are two steps. */
export function useMoves({ openId, setView, queue, refs }: MovesInput) {
  const [cursor, setCursor] = useState(openId);
  const pointerInside = useRef(false);
  const { rows, sweep } = queue;
  const cursorId = openId ?? cursor;

  const open = useCallback(
    (id: string, push = false) => {
      setCursor(id);
      setView({ item: id }, { push });
      if (!pointerInside.current) sweep(id);
    },
    [setView, sweep],
  );
  const move = (step: number): void => {
    const id = (step > 0 ? nextId(rows, cursorId) : null) ?? neighbourId(rows, cursorId, step);
    if (id === null) return;
    if (openId !== null || isWide()) open(id);
    else setCursor(id);
    refs.focusList();
  };
  const back = (): void => {
    if (!isWide()) setView({ item: null });
    refs.focusList();
  };
  const read = (): void => {
    if (openId === null && cursorId !== null) open(cursorId, !isWide());
    refs.focusBody();
  };
  const pointer = (inside: boolean): void => {
    pointerInside.current = inside;
    if (!inside) sweep(openId);
  };
  const group = (): void => toggleGroupOf(queue, cursorId, (id) => openId !== null && open(id));
  return {
    cursorId,
    open,
    move,
    back,
    read,
    pointer,
    group,
    hasNext: nextId(rows, openId) !== null,
  };
}

/** The cursor stays in the group: on its first row, when its own goes away. */
function toggleGroupOf(
  queue: MovesInput['queue'],
  cursorId: string | null,
  moveTo: (id: string) => unknown,
): void {
  const key = queue.rows.find((row) => row.approval.id === cursorId)?.approval.group?.key;
  if (key === undefined) return;
  const first = queue.rows.find((row) => row.approval.group?.key === key && !row.closed);
  if (queue.open.has(key) && first !== undefined) moveTo(first.approval.id);
  queue.toggleGroup(key);
}
