import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { downsample, type ChartPoint } from './downsample';

const line = (count: number, valueOf: (index: number) => number | null): ChartPoint[] =>
  Array.from({ length: count }, (_, index) => ({ at: index * 1_000, values: [valueOf(index)] }));

describe('downsampling a chart', () => {
  it('leaves few points alone', () => {
    const points = line(10, (index) => index / 10);
    expect(downsample(points, 10)).toEqual(points);
  });

  it('keeps the first and the last point and no more than the limit', () => {
    const points = line(5_000, (index) => Math.sin(index / 100));
    const kept = downsample(points, 600);
    expect(kept.length).toBe(600);
    expect(kept[0]).toBe(points[0]);
    expect(kept.at(-1)).toBe(points.at(-1));
  });

  it('keeps a spike that lasts one point', () => {
    const points = line(5_000, (index) => (index === 3_217 ? 0.1 : 0.8));
    expect(downsample(points, 100).some(({ values }) => values[0] === 0.1)).toBe(true);
  });

  it('keeps a spike of any of several series', () => {
    const points = line(5_000, () => 0.8).map((point, index) => ({
      ...point,
      values: [0.8, index === 1_234 ? 0.2 : 0.7],
    }));
    expect(downsample(points, 100).some(({ values }) => values[1] === 0.2)).toBe(true);
  });

  it('keeps both sides of a gap, so that no line is drawn over it', () => {
    const points = line(3_000, (index) => (index >= 1_000 && index < 1_500 ? null : 0.5));
    const kept = downsample(points, 50).map(({ at }) => at / 1_000);
    expect(kept).toEqual(expect.arrayContaining([999, 1_000, 1_499, 1_500]));
  });

  it('gives a subset in the order of time, within the limit, whatever the points', () => {
    const series = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }), {
      minLength: 1,
      maxLength: 400,
    });
    fc.assert(
      fc.property(series, fc.integer({ min: 2, max: 100 }), (values, limit) => {
        const points = values.map((value, index) => ({ at: index, values: [value] }));
        const kept = downsample(points, limit);
        expect(kept.length).toBeLessThanOrEqual(Math.max(limit, 2));
        expect(kept.every((point) => points.includes(point))).toBe(true);
        expect(kept.map(({ at }) => at)).toEqual(
          [...kept.map(({ at }) => at)].sort((a, b) => a - b),
        );
        expect(kept[0]).toBe(points[0]);
        expect(kept.at(-1)).toBe(points.at(-1));
      }),
    );
  });
});
