import { describe, expect, it } from 'vitest';
import { DEFAULT_BASELINES, isSignalKind } from '@/lib/trust';
import { callClassOf, NO_HABITS, observeHabits, type Habits, type HabitStep } from './habits';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MONDAY = Date.UTC(2026, 0, 5);

function fiveWeeks(): Habits {
  let habits = NO_HABITS;
  for (let day = 0; day < 35; day += 1)
    for (const hour of [9, 10, 11])
      for (const call of ['read', 'write'] as const) {
        const now = MONDAY + day * DAY_MS + hour * HOUR_MS;
        const step: HabitStep = { sessionId: `s-${now}`, call, now };
        habits = observeHabits(habits, step, DEFAULT_BASELINES).habits;
      }
  return habits;
}
const KNOWN = fiveWeeks();
const seen = (step: HabitStep) => observeHabits(KNOWN, step, DEFAULT_BASELINES).found;

describe('what is unusual about a call', () => {
  const now = MONDAY + 36 * DAY_MS + 10 * HOUR_MS;

  it('is nothing for what the agent always does', () => {
    expect(seen({ sessionId: 'new', call: 'read', now })).toEqual([]);
  });

  it('is told as a signal of the catalogue, with a sentence for people', () => {
    const found = seen({ sessionId: 'new', call: 'egress', now: now + 8 * HOUR_MS });
    expect(found.map(({ kind }) => kind)).toEqual([
      'behavior.sequence_unlikely',
      'context.hour_unfamiliar',
    ]);
    expect(found.every(({ kind }) => isSignalKind(kind))).toBe(true);
    expect(found.map(({ reason }) => reason.text)).toEqual([
      'At the beginning of a session the agent hardly ever makes a call that reaches outside: 0 of 105 times.',
      'The agent hardly ever works on Tuesday between 18:00 and 19:00 UTC.',
    ]);
  });

  it('is learned for as long as a configuration says', () => {
    const step = { sessionId: undefined, call: 'egress', now } as const;
    const patient = { learning: { days: 90, observations: 200 }, rareShare: 0.01 };
    const found = observeHabits(KNOWN, step, { ...DEFAULT_BASELINES, sequence: patient }).found;
    expect(found).toEqual([]);
  });
});

describe('the class of a call', () => {
  const tool = { sideEffect: 'none', reversible: true, egress: false } as const;

  it.each([
    ['read', tool, 'internal'],
    ['sensitive_read', tool, 'restricted'],
    ['write', { ...tool, sideEffect: 'write' }, 'restricted'],
    ['irreversible_write', { ...tool, sideEffect: 'write', reversible: false }, 'public'],
    ['egress', { ...tool, sideEffect: 'write', egress: true }, 'public'],
    ['egress', { ...tool, egress: true }, 'restricted'],
  ] as const)('is %s for %o on %s data', (expected, facts, dataClass) => {
    expect(callClassOf(facts, dataClass)).toBe(expected);
  });
});
