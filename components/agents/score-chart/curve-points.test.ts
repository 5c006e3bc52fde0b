import { describe, expect, it } from 'vitest';
import { curvePoints, scoreY } from './curve-points';
import type { ChartRow } from './shape';

const BOX = { width: 200, height: 100 };
const row = (at: number, score: number | null, identity: number | null = null): ChartRow => ({
  at,
  score,
  rung: null,
  identity,
  behavior: null,
  context: null,
  outcome: null,
});

describe('curve points', () => {
  it('puts the highest score at the top and the lowest at the bottom', () => {
    expect(scoreY(1, 100)).toBe(0);
    expect(scoreY(0, 100)).toBe(100);
  });
  it('spreads the range over the width', () => {
    const rows = [row(1_000, 0), row(1_500, 0.25), row(2_000, 1)];
    expect(curvePoints(rows, 'score', { from: 1_000, to: 2_000 }, BOX)).toEqual([
      { x: 0, y: 100 },
      { x: 100, y: 75 },
      { x: 200, y: 0 },
    ]);
  });
  it('keeps the holes of each line apart', () => {
    const rows = [row(0, 0.5, null), row(10, null, 0.5)];
    const range = { from: 0, to: 10 };
    expect(curvePoints(rows, 'score', range, BOX).map(({ y }) => y)).toEqual([50, null]);
    expect(curvePoints(rows, 'identity', range, BOX).map(({ y }) => y)).toEqual([null, 50]);
  });
});
