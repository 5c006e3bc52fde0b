import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceOf, LEAST_EVIDENCE, weightOf } from './weight';

const counts = fc.integer({ min: 0, max: 500 });

describe('the weight of a reviewer', () => {
  it.each([
    [0, 0, 1],
    [0, 9, 1],
    [10, 0, 1],
    [9, 1, 0.96],
    [8, 2, 0.89],
    [5, 5, 0.67],
    [0, 10, 0.5],
    [200, 10, 1],
  ])('with %d for and %d against it is %d', (good, bad, weight) => {
    expect(weightOf({ good, bad })).toBe(weight);
  });

  it('lies between a half and one, and one more fault never raises it', () => {
    fc.assert(
      fc.property(counts, counts, (good, bad) => {
        const weight = weightOf({ good, bad });
        expect(weight).toBeGreaterThanOrEqual(0.5);
        expect(weight).toBeLessThanOrEqual(1);
        expect(weightOf({ good, bad: bad + 1 })).toBeLessThanOrEqual(weight);
      }),
    );
  });

  it('one more success never lowers, once there is enough to say something', () => {
    fc.assert(
      fc.property(counts, counts, (good, bad) => {
        fc.pre(good + bad >= LEAST_EVIDENCE);
        expect(weightOf({ good: good + 1, bad })).toBeGreaterThanOrEqual(weightOf({ good, bad }));
      }),
    );
  });

  it('takes a disagreement as half a fault', () => {
    expect(evidenceOf({ caught: 3, missed: 1, agreed: 4, disagreed: 3, contradicted: 2 })).toEqual({
      good: 7,
      bad: 4.5,
    });
  });
});
