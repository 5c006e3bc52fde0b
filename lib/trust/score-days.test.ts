import { describe, expect, it } from 'vitest';
import { NO_SCORE_DAYS, stepScoreDays, type ScoreDays } from './score-days';

const MONDAY = Date.parse('2026-11-16T09:00:00.000Z');
const DAY = 86_400_000;

/** One reading a day. @returns the rules told, with the day */
function live(scores: readonly number[], before: ScoreDays = NO_SCORE_DAYS) {
  let state = before;
  const told = scores.flatMap((score, day) => {
    const step = stepScoreDays(state, score, MONDAY + day * DAY);
    state = step.after;
    return step.changes.map(({ rule, from, to }) => ({ day, rule, from, to }));
  });
  return { told, state };
}

const steps = (from: number, by: number, count: number) =>
  Array.from({ length: count }, (_, n) => from + by * n);

describe('a fall within seven days', () => {
  it('is told at 20 points, not below', () => {
    expect(live([0.8, 0.7, 0.601]).told).toEqual([]);
    expect(live([0.8, 0.7, 0.6]).told).toEqual([
      { day: 2, rule: 'trust.score_fell', from: 0.8, to: 0.6 },
    ]);
  });

  it('is measured from the highest score of the seven days, not from older ones', () => {
    expect(live([0.8, ...Array<number>(6).fill(0.7), 0.6]).told).toEqual([]);
    expect(live([0.8, ...Array<number>(5).fill(0.7), 0.6]).told).toHaveLength(1);
  });

  it('is told once, and again when the score falls as far once more', () => {
    const told = live([0.9, 0.65, 0.64, 0.63, 0.44, 0.43]).told.map(({ day }) => day);
    expect(told).toEqual([1, 4]);
  });

  it('is seen within a day', () => {
    const morning = stepScoreDays(NO_SCORE_DAYS, 0.85, MONDAY);
    expect(stepScoreDays(morning.after, 0.25, MONDAY + 1).changes).toEqual([
      { rule: 'trust.score_fell', from: 0.85, to: 0.25 },
    ]);
  });
});

describe('a decline without recovery', () => {
  it('is told after fourteen days, once', () => {
    expect(live(steps(0.8, -0.005, 14)).told).toEqual([]);
    expect(live(steps(0.8, -0.005, 20)).told).toEqual([
      { day: 14, rule: 'trust.no_recovery', from: 0.8, to: 0.73 },
    ]);
    expect(live(steps(0.8, -0.005, 29)).told.map(({ day }) => day)).toEqual([14, 28]);
  });

  it('is not told when a day ended higher, or when it cost less than a point', () => {
    const scores = steps(0.8, -0.005, 20);
    scores[7] = 0.79;
    expect(live(scores).told).toEqual([]);
    expect(live(steps(0.8, -0.0005, 18)).told).toEqual([]);
  });

  it('is not told of an agent that was only looked at now and then', () => {
    const first = stepScoreDays(NO_SCORE_DAYS, 0.8, MONDAY);
    expect(stepScoreDays(first.after, 0.78, MONDAY + 20 * DAY).changes).toEqual([]);
  });
});

describe('the memory of it', () => {
  it('is bounded, and a clock that goes back spoils nothing', () => {
    expect(live(steps(0.5, 0.001, 100)).state.days).toHaveLength(15);
    const { state } = live([0.5, 0.6]);
    const step = stepScoreDays(state, 0.55, MONDAY - 3 * DAY);
    expect(step.after.days).toHaveLength(2);
    expect(step.changes).toEqual([]);
  });
});
