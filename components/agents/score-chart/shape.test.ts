import { describe, expect, it } from 'vitest';
import type { History } from '@/lib/contracts';
import {
  fractionOf,
  gapAfterMs,
  knownLayers,
  nearestPoint,
  rangeChange,
  rungBands,
  shapeHistory,
} from './shape';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-01T00:00:00.000Z');
const at = (hours: number) => new Date(START + hours * HOUR).toISOString();
const point = (hours: number, score: number, outcome: number | null = null) => ({
  at: at(hours),
  score,
  rung: 2,
  layers: { identity: 0.9, behavior: 0.8, context: 0.7, outcome },
});
const history = (points: History['points'], hours = 24): History => ({
  from: at(0),
  to: at(hours),
  points,
  marks: [],
});

describe('shapeHistory', () => {
  it('orders points by time and keeps the last of two at one instant', () => {
    const shape = shapeHistory(history([point(2, 0.4), point(1, 0.3), point(2, 0.5)]));
    expect(shape.points.map((row) => row.score)).toEqual([0.3, 0.5]);
  });
  it('keeps an unknown layer as a hole instead of a number', () => {
    const shape = shapeHistory(history([point(1, 0.3), point(2, 0.31, 0.2)]));
    expect(shape.rows.map((row) => row.outcome)).toEqual([null, 0.2]);
    expect(knownLayers(shape.points)).toContain('outcome');
  });
  it('breaks every line over a stretch without a recorded point and names the stretch', () => {
    const shape = shapeHistory(history([point(1, 0.3), point(90, 0.3)], 240));
    expect(shape.gaps).toEqual([{ from: START + HOUR, to: START + 90 * HOUR }]);
    expect(shape.rows).toHaveLength(3);
    expect(shape.rows[1]).toMatchObject({ score: null, identity: null });
    expect(shape.points).toHaveLength(2);
  });
  it('does not break over a pause that is short for the range', () => {
    const shape = shapeHistory(history([point(0, 0.3), point(24, 0.3)], 24 * 30));
    expect(shape.gaps).toEqual([]);
  });
  it('leaves out points that are no numbers and bounds the rest', () => {
    const shape = shapeHistory(history([point(1, Number.NaN), point(2, 1.0000001)]));
    expect(shape.points.map((row) => row.score)).toEqual([1]);
  });
  it('gives an empty shape for an empty history', () => {
    expect(shapeHistory(history([]))).toMatchObject({ rows: [], points: [], gaps: [] });
  });
});

describe('walking the points', () => {
  const { points } = shapeHistory(history([point(1, 0.1), point(2, 0.2), point(5, 0.5)]));
  it('finds the nearest point on either side', () => {
    expect(nearestPoint(points, START)).toBe(0);
    expect(nearestPoint(points, START + 1.4 * HOUR)).toBe(0);
    expect(nearestPoint(points, START + 3.6 * HOUR)).toBe(2);
    expect(nearestPoint(points, START + 99 * HOUR)).toBe(2);
    expect(nearestPoint([], START)).toBe(-1);
  });
  it('compares the ends of the range', () => {
    expect(rangeChange(points)).toBeCloseTo(0.4);
    expect(rangeChange(points.slice(0, 1))).toBeNull();
  });
});

describe('scales', () => {
  it('maps instants to fractions, also outside the range', () => {
    expect(fractionOf({ from: 0, to: 10 }, 5)).toBe(0.5);
    expect(fractionOf({ from: 0, to: 10 }, 15)).toBe(1.5);
    expect(fractionOf({ from: 5, to: 5 }, 5)).toBe(0);
  });
  it('scales the tolerated pause with the range, never below three days', () => {
    expect(gapAfterMs({ from: 0, to: HOUR })).toBe(72 * HOUR);
    expect(gapAfterMs({ from: 0, to: 2_160 * HOUR })).toBe(216 * HOUR);
  });
  it('closes the bands of a ladder from 0 to 1 without overlap', () => {
    const bands = rungBands([
      { rung: 2, name: 'suggest', min: 0.3 },
      { rung: 1, name: 'read-only', min: 0.1 },
      { rung: 3, name: 'execute', min: 0.5 },
    ]);
    expect(bands.map((band) => [band.rung, band.from, band.to])).toEqual([
      [1, 0, 0.3],
      [2, 0.3, 0.5],
      [3, 0.5, 1],
    ]);
  });
});
