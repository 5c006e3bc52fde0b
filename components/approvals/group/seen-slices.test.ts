import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstGap, withSlice, type Slice } from './seen-slices';

const seen = (...slices: readonly [number, number][]) =>
  slices.reduce<readonly Slice[]>((all, [from, to]) => withSlice(all, { from, to }), []);

describe('what has been on the screen of something tall', () => {
  it('is not all of it after its beginning and its end', () => {
    expect(firstGap(seen([0, 0.2], [0.8, 1]), 0)).toBe(0.2);
  });

  it('is all of it once its slices meet, in whatever order they came', () => {
    expect(firstGap(seen([0.8, 1], [0, 0.4], [0.3, 0.8]), 0)).toBeUndefined();
  });

  it('may lack what a screen rounds away', () => {
    expect(firstGap(seen([0.01, 0.5], [0.51, 0.99]), 0.02)).toBeUndefined();
    expect(firstGap(seen([0.01, 0.5], [0.51, 0.99]), 0.005)).toBe(0);
  });

  it('never lacks a place that was shown, nor has one that was not', () => {
    const slice = fc
      .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }))
      .map(([a, b]): [number, number] => [Math.min(a, b) / 100, Math.max(a, b) / 100]);
    fc.assert(
      fc.property(fc.array(slice, { maxLength: 8 }), (slices) => {
        const covered = (cell: number) =>
          slices.some(([from, to]) => from * 100 <= cell && to * 100 >= cell + 1);
        const first = Array.from({ length: 100 }, (_, cell) => cell).find((cell) => !covered(cell));
        const gap = firstGap(seen(...slices), 0);
        expect(gap === undefined ? undefined : Math.round(gap * 100)).toBe(first);
      }),
    );
  });
});
