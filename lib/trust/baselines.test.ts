import { describe, expect, it } from 'vitest';
import { learnedShare, learnValue, NO_BASELINE, upperLimit, type Baseline } from './baselines';

const DAY_MS = 86_400_000;
const learn = (values: readonly number[], memory?: number) =>
  values.reduce<Baseline>((baseline, value) => learnValue(baseline, value, memory), NO_BASELINE);

describe('a baseline', () => {
  it('has the mean and deviation of what it has seen', () => {
    const values = [3, 5, 8, 8, 11];
    const { count, mean, m2 } = learn(values);
    expect([count, mean]).toEqual([5, 7]);
    expect(m2).toBeCloseTo(
      values.reduce((sum, value) => sum + (value - 7) ** 2, 0),
      10,
    );
    expect(upperLimit(learn(values))).toBeCloseTo(7 + 3 * Math.sqrt(38 / 4), 10);
  });

  it('knows no deviation from a single value', () => {
    expect(upperLimit(NO_BASELINE)).toBe(0);
    expect(upperLimit(learn([4]))).toBe(4);
  });

  it('forgets what is older than its memory', () => {
    const changed = [
      ...Array.from({ length: 100 }, () => 1),
      ...Array.from({ length: 100 }, () => 9),
    ];
    expect(learn(changed).mean).toBeCloseTo(5, 10);
    const { count, mean, m2 } = learn(changed, 10);
    expect(count).toBe(10);
    expect(mean).toBeGreaterThan(8.99);
    expect(m2).toBeLessThan(0.1);
  });
});

describe('learning', () => {
  const learning = { days: 4, observations: 20 };

  it('takes its time and its count, whichever is slower', () => {
    expect(learnedShare({ sinceMs: 4 * DAY_MS, observations: 10 }, learning)).toBe(0.5);
    expect(learnedShare({ sinceMs: DAY_MS, observations: 20 }, learning)).toBe(0.25);
    expect(learnedShare({ sinceMs: 9 * DAY_MS, observations: 90 }, learning)).toBe(1);
  });
});
