import { describe, expect, it } from 'vitest';
import { NO_ACTIVITY, observe, type Activity, type Step } from './activity';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-02T00:00:00Z');
const step = (changes: Partial<Step> = {}): Step => ({
  tool: 'read_note',
  sideEffect: 'none',
  reversible: true,
  budgets: undefined,
  sessionId: undefined,
  call: 'read',
  now: START,
  ...changes,
});

function repeat(before: Activity, times: number, change: (index: number) => Partial<Step>) {
  const kinds: string[] = [];
  let activity = before;
  for (let i = 0; i < times; i += 1) {
    const seen = observe(activity, step(change(i)));
    activity = seen.activity;
    kinds.push(...seen.signals.map(({ kind }) => kind));
  }
  return { activity, kinds };
}

describe('what an agent has lately done', () => {
  it('finds a tool never used before worth a word only after a time of learning', () => {
    const early = repeat(NO_ACTIVITY, 10, (i) => ({ tool: `tool-${i}` }));
    expect(early.kinds).toEqual([]);
    const learned = repeat(NO_ACTIVITY, 60, (i) => ({ now: START + i * HOUR }));
    expect(
      observe(learned.activity, step({ tool: 'other', now: START + 61 * HOUR })).signals,
    ).toMatchObject([{ kind: 'behavior.new_tool', detail: { tool: 'other' } }]);
  });

  it('tells a burst of irreversible writes once in its minute', () => {
    const { kinds } = repeat(NO_ACTIVITY, 40, (i) => ({
      sideEffect: 'write',
      reversible: false,
      now: START + i * 100,
    }));
    expect(kinds).toEqual(['behavior.destructive_burst']);
  });

  it('tells volume once an hour, when it leaves the baseline it has learned', () => {
    const quiet = repeat(NO_ACTIVITY, 40 * 20, (i) => ({
      now: START + Math.floor(i / 20) * HOUR + (i % 20) * 1000,
    }));
    expect(quiet.kinds).toEqual([]);
    const loud = repeat(quiet.activity, 200, (i) => ({ now: START + 41 * HOUR + i * 1000 }));
    expect(loud.kinds).toEqual(['behavior.volume_high']);
  });

  it('holds a budget to its window, for its tool alone', () => {
    const budgets = [{ tool: 'pay', maxActions: 2, perSeconds: 3600 }];
    const two = repeat(NO_ACTIVITY, 2, () => ({ tool: 'pay', budgets }));
    expect(two.kinds).toEqual([]);
    const third = observe(two.activity, step({ tool: 'pay', budgets }));
    expect(third.exceeded).toMatchObject([{ code: 'budget.exceeded' }]);
    expect(third.signals).toMatchObject([{ kind: 'behavior.budget_exceeded' }]);
    expect(observe(third.activity, step({ tool: 'read_note', budgets })).exceeded).toEqual([]);
    expect(
      observe(third.activity, step({ tool: 'pay', budgets, now: START + HOUR })).exceeded,
    ).toEqual([]);
  });

  it('stays small, whatever an agent does', () => {
    const { activity } = repeat(NO_ACTIVITY, 5_000, (i) => ({
      tool: `tool-${i}`,
      now: START + i * 60_000,
    }));
    expect(JSON.stringify(activity).length).toBeLessThan(10_000);
  });
});
