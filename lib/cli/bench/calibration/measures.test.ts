import { describe, expect, it } from 'vitest';
import type { Prediction } from './history';
import { brier, logLoss, ranking, recalibrated, reliability } from './measures';

const of = (score: number, good: boolean, agent = 'a'): Prediction => ({ agent, score, good });

describe('measures of a prediction', () => {
  it('are best for a sure and right score, and worst for a sure and wrong one', () => {
    expect(brier([of(1, true), of(0, false)])).toBe(0);
    expect(brier([of(1, false)])).toBe(1);
    expect(logLoss([of(0.5, true)])).toBeCloseTo(Math.LN2, 10);
    expect(logLoss([of(1, false)])).toBeCloseTo(-Math.log(1e-3), 6);
  });

  it('rank good above bad: 1 when always, 0.5 when the score says nothing', () => {
    expect(ranking([of(0.9, true), of(0.1, false)])).toBe(1);
    expect(ranking([of(0.1, true), of(0.9, false)])).toBe(0);
    expect(ranking([of(0.5, true), of(0.5, false)])).toBe(0.5);
    expect(ranking([of(0.5, true)])).toBeNull();
  });

  it('group scores in ten stretches', () => {
    expect(reliability([of(0.11, true), of(0.13, false), of(1, true)])).toEqual([
      { count: 2, score: expect.closeTo(0.12, 10) as number, good: 0.5 },
      { count: 1, score: 1, good: 1 },
    ]);
  });
});

describe('recalibration', () => {
  it('learns from other agents only, and never falls as the score rises', () => {
    const other = [
      of(0.2, false, 'b'),
      of(0.4, true, 'b'),
      of(0.6, false, 'b'),
      of(0.8, true, 'b'),
    ];
    const own = [of(0.1, true), of(0.5, true), of(0.9, true)];
    const scores = recalibrated([...own, ...other]).filter(({ agent }) => agent === 'a');
    expect(scores.map(({ score }) => score)).toEqual([0, 0.5, 1]);
  });

  it('gives what was scored alike one probability', () => {
    const other = [of(0.5, false, 'b'), of(0.5, true, 'b'), of(0.5, true, 'b'), of(0.5, true, 'b')];
    const scores = recalibrated([of(0.5, true), ...other]).filter(({ agent }) => agent === 'a');
    expect(scores.map(({ score }) => score)).toEqual([0.75]);
  });
});
