import { describe, expect, it } from 'vitest';
import { contextSlots, slotsToSpan, spanToSlots } from './context-slots';
import type { ChartPoint } from './shape';

const range = { from: 1_000, to: 2_000 };
const point = (at: number, score: number): ChartPoint => ({
  at,
  score,
  rung: 1,
  identity: null,
  behavior: null,
  context: null,
  outcome: null,
});

describe('context slots', () => {
  const days = { from: 0, to: 10 * 86_400_000 };
  const day = (count: number, score: number) => point(count * 86_400_000, score);

  it('keeps the last score of each slot', () => {
    const slots = contextSlots([day(0, 0.1), day(0.9, 0.2), day(10, 0.9)], days, 10);
    expect(slots[0]?.score).toBe(0.2);
    expect(slots[9]?.score).toBe(0.9);
  });
  it('bridges what the chart bridges and leaves a gap where the chart has one', () => {
    const slots = contextSlots([day(0.5, 0.2), day(2.5, 0.4), day(8.5, 0.9)], days, 10);
    expect(slots[1]?.score).toBeCloseTo(0.3);
    expect(slots[5]?.score).toBeNull();
  });
  it('turns slots into time and back', () => {
    const span = slotsToSpan(range, 2, 4, 10);
    expect(span).toEqual({ from: 1_200, to: 1_500 });
    expect(spanToSlots(range, span, 10)).toEqual([2, 4]);
  });
  it('bounds a window that reaches outside', () => {
    expect(spanToSlots(range, { from: 0, to: 9_999 }, 10)).toEqual([0, 9]);
    expect(spanToSlots(range, { from: 5_000, to: 6_000 }, 10)).toEqual([9, 9]);
  });
});
