import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MOST_TRIES, waitAfter } from './backoff';

it('waits four times as long after each try, up to four hours', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((tries) => waitAfter(tries, 0.5) / 1000)).toEqual([
    5, 20, 80, 320, 1_280, 5_120, 14_400,
  ]);
});

it('spreads every wait between a half and one and a half of itself', () => {
  const tries = fc.integer({ min: 1, max: MOST_TRIES });
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(tries, chance, (count, luck) => {
      const middle = waitAfter(count, 0.5);
      const wait = waitAfter(count, luck);
      expect(wait).toBeGreaterThanOrEqual(middle * 0.5 - 1);
      expect(wait).toBeLessThanOrEqual(middle * 1.5 + 1);
    }),
  );
});
