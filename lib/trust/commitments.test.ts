import { describe, expect, it } from 'vitest';
import { accuracyFloor, commitmentsOf } from './commitments';
import type { RunScore } from './evaluations';

const NOW = Date.parse('2026-11-20T12:00:00.000Z');
const DAY = 86_400_000;
const run = (daysAgo: number, score: number, total = 10): RunScore => ({
  dimension: 'accuracy',
  at: NOW - daysAgo * DAY,
  passed: Math.round(score * total),
  total,
  score,
});
const clause = (changes: Record<string, unknown>) => ({
  name: 'A promise',
  measure: 'accuracy',
  overDays: 30,
  ...changes,
});
const stateOf = (changes: Record<string, unknown>, runs: RunScore[], score = 0.5) =>
  commitmentsOf({ commitments: [clause(changes)] }, { runs, score }, NOW)[0]?.state;

describe('a commitment', () => {
  it('is kept at its limit and broken beyond it, on both sides', () => {
    expect(stateOf({ atLeast: 0.9 }, [run(1, 0.9)])).toBe('kept');
    expect(stateOf({ atLeast: 0.91 }, [run(1, 0.9)])).toBe('broken');
    expect(stateOf({ atMost: 0.9 }, [run(1, 0.9)])).toBe('kept');
    expect(stateOf({ atMost: 0.89 }, [run(1, 0.9)])).toBe('broken');
  });

  it('weighs every check alike, however they were spread over runs', () => {
    expect(stateOf({ atLeast: 0.9 }, [run(1, 1, 90), run(2, 0, 10)])).toBe('kept');
    expect(stateOf({ atLeast: 0.9 }, [run(1, 1, 89), run(2, 0, 11)])).toBe('broken');
  });

  it('looks back as far as it says, and is unknown without anything to measure', () => {
    expect(stateOf({ atLeast: 0.9 }, [run(29, 0.5)])).toBe('broken');
    expect(stateOf({ atLeast: 0.9 }, [run(31, 0.5)])).toBe('unknown');
    expect(stateOf({ measure: 'smiles', atLeast: 0.9 }, [run(1, 1)])).toBe('unknown');
    expect(stateOf({}, [run(1, 1)])).toBe('unknown');
  });

  it('can be about the composite', () => {
    expect(stateOf({ measure: 'score', atLeast: 0.5 }, [], 0.5)).toBe('kept');
    expect(stateOf({ measure: 'score', atLeast: 0.5 }, [], 0.49)).toBe('broken');
  });
});

describe('the floor of accuracy', () => {
  it('is what the pact promises, else 80 % over 30 days', () => {
    expect(accuracyFloor({})).toEqual({ atLeast: 0.8, overDays: 30 });
    expect(accuracyFloor({ commitments: [clause({ atMost: 1 })] })).toMatchObject({ atLeast: 0.8 });
    expect(accuracyFloor({ commitments: [clause({ atLeast: 0.95, overDays: 7 })] })).toEqual({
      atLeast: 0.95,
      overDays: 7,
    });
  });
});
