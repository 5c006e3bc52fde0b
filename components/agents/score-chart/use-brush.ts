'use client';

import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import {
  draggedHandles,
  selectedSlots,
  steppedHandles,
  type BrushPart,
  type Handles,
} from './brush-moves';
import { SLOT_COUNT, slotsToSpan, spanToSlots } from './context-slots';
import type { Span } from './shape';

interface BrushOptions {
  /** The whole range of the strip. */
  range: Span;
  /** The part that is selected; null for everything. */
  window: Span | null;
  onWindow: (window: Span | null) => void;
  /** How far a slot lies from the next, in px. */
  slotPx: number;
}

const LAST_SLOT = SLOT_COUNT - 1;
const STEPS: Readonly<Record<string, -1 | 1>> = { ArrowLeft: -1, ArrowRight: 1 };
/** Dragging and arrow keys report every step; the selection counts once it has stood still this long. */
const SETTLE_MS = 250;

function useSettled(ms: number) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (act: () => void) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(act, ms);
  };
}

function handlesOf(range: Span, window: Span | null): Handles {
  const [start, end] = window ? spanToSlots(range, window) : [0, LAST_SLOT];
  return { start, end };
}

const isSame = (one: Span | null, other: Span | null) =>
  one?.from === other?.from && one?.to === other?.to;

/** Where the handles stand: where the window is, or where they were moved to until the window follows. */
function useHandles(range: Span, window: Span | null) {
  const [moved, setMoved] = useState<{ over: Span | null; handles?: Handles; dragging?: boolean }>({
    over: window,
  });
  if (!isSame(moved.over, window))
    setMoved(moved.dragging ? { ...moved, over: window } : { over: window });
  const move = (handles: Handles, dragging: boolean) =>
    setMoved({ over: window, handles, dragging });
  return [moved.handles ?? handlesOf(range, window), move] as const;
}

/** The handles of the overview strip, and what pointer and keys do to them. */
export function useBrush({ range, window, onWindow, slotPx }: BrushOptions) {
  const [handles, move] = useHandles(range, window);
  const later = useSettled(SETTLE_MS);
  const grip = useRef<{ part: BrushPart; x: number; handles: Handles }>(undefined);

  const select = (next: Handles, dragging: boolean) => {
    move(next, dragging);
    const [first, last] = selectedSlots(next);
    const everything = first === 0 && last === LAST_SLOT;
    later(() => onWindow(everything ? null : slotsToSpan(range, first, last)));
  };
  const letGo = () => {
    if (grip.current === undefined) return;
    grip.current = undefined;
    const [start, end] = selectedSlots(handles);
    move({ start, end }, false);
  };
  const drag = (part: BrushPart) => ({
    onPointerDown: (event: PointerEvent<SVGElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      grip.current = { part, x: event.clientX, handles };
    },
    onPointerMove: (event: PointerEvent<SVGElement>) => {
      const from = grip.current;
      if (!from) return;
      const by = (event.clientX - from.x) / slotPx;
      select(draggedHandles(from.handles, from.part, by, LAST_SLOT), true);
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
  });
  const step = (part: keyof Handles) => (event: KeyboardEvent) => {
    const by = STEPS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    select(steppedHandles(handles, part, by, LAST_SLOT), false);
  };
  return { handles, drag, step };
}
