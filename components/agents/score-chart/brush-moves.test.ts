import { describe, expect, it } from 'vitest';
import { draggedHandles, selectedSlots, steppedHandles } from './brush-moves';

const LAST = 159;
const HANDLES = { start: 10, end: 50 };

describe('the handles of the overview strip', () => {
  it('follow the pointer one at a time and stay on the strip', () => {
    expect(draggedHandles(HANDLES, 'start', 2.5, LAST)).toEqual({ start: 12.5, end: 50 });
    expect(draggedHandles(HANDLES, 'start', -99, LAST)).toEqual({ start: 0, end: 50 });
    expect(draggedHandles(HANDLES, 'end', 999, LAST)).toEqual({ start: 10, end: LAST });
  });
  it('can be dragged past each other and still select from left to right', () => {
    const crossed = draggedHandles(HANDLES, 'start', 60, LAST);
    expect(selectedSlots(crossed)).toEqual([50, 70]);
  });
  it('keep their distance when what lies between them is dragged', () => {
    expect(draggedHandles(HANDLES, 'between', 5.5, LAST)).toEqual({ start: 15.5, end: 55.5 });
    expect(draggedHandles(HANDLES, 'between', -99, LAST)).toEqual({ start: 0, end: 40 });
    expect(draggedHandles({ start: 50, end: 10 }, 'between', 999, LAST)).toEqual({
      start: LAST,
      end: 119,
    });
  });
  it('step by one slot with the arrow keys, from the slot they stand nearest to', () => {
    expect(steppedHandles(HANDLES, 'start', 1, LAST)).toEqual({ start: 11, end: 50 });
    expect(steppedHandles({ start: 9.6, end: 50 }, 'end', -1, LAST)).toEqual({
      start: 10,
      end: 49,
    });
  });
  it('do not step off the strip or onto each other', () => {
    expect(steppedHandles({ start: 0, end: LAST }, 'start', -1, LAST)).toEqual({
      start: 0,
      end: LAST,
    });
    expect(steppedHandles({ start: 0, end: LAST }, 'end', 1, LAST)).toEqual({
      start: 0,
      end: LAST,
    });
    expect(steppedHandles({ start: 3, end: 4 }, 'start', 1, LAST)).toEqual({ start: 3, end: 4 });
  });
});
