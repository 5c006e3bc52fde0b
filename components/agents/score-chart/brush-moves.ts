/** What dragging and keys do to the two handles of the overview strip. Pure: places are counted in slots, from 0. */

/** While one is dragged the places are fractions, and the start may be carried past the end. */
export interface Handles {
  start: number;
  end: number;
}

/** What is dragged: one handle, or what lies between them. */
export type BrushPart = keyof Handles | 'between';

const bound = (place: number, last: number) => Math.min(Math.max(place, 0), last);

/** The handles after a drag by so many slots; nothing leaves the strip, and what is dragged as a whole keeps its length. */
export function draggedHandles(
  handles: Handles,
  part: BrushPart,
  by: number,
  last: number,
): Handles {
  if (part !== 'between') return { ...handles, [part]: bound(handles[part] + by, last) };
  const [left, right] = [
    Math.min(handles.start, handles.end),
    Math.max(handles.start, handles.end),
  ];
  const room = Math.min(Math.max(by, -left), last - right);
  return { start: handles.start + room, end: handles.end + room };
}

/** The handles after an arrow key: one slot further, never onto or past the other one. */
export function steppedHandles(
  handles: Handles,
  part: keyof Handles,
  by: -1 | 1,
  last: number,
): Handles {
  const [start, end] = selectedSlots(handles);
  const next = { start, end, [part]: (part === 'start' ? start : end) + by };
  return next.start < 0 || next.end > last || next.start >= next.end ? { start, end } : next;
}

/** First and last slot of the selection. */
export function selectedSlots({ start, end }: Handles): [number, number] {
  return [Math.round(Math.min(start, end)), Math.round(Math.max(start, end))];
}
