/**
 * What an agent has lately done, as far as its own next action has to be compared with it: bounded, kept beside the trust state,
 * one step an action. Pure; times are milliseconds since the epoch.
 */
import type { Pact } from '@/lib/contracts';
import type { Reason } from '@/lib/policy';
import { DEFAULT_BASELINES, learnValue, upperLimit, type Baselines } from '@/lib/trust';
import { NO_HABITS, observeHabits, type Habits, type HabitStep } from './habits';
import { NOTHING_WATCHED, type Watch } from './watch';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Tools remembered by name. An agent that uses more is past the point where a new one says much. */
const MAX_TOOLS = 200;
/** Irreversible writes in a minute that make a burst. */
const BURST_WRITES = 20;

export interface Activity {
  readonly actions: number;
  readonly tools: readonly string[];
  /** Calls in the running hour, and mean and squared deviations over earlier active hours (Welford 1962). */
  readonly hour: { readonly start: number; readonly calls: number; readonly told: boolean };
  readonly baseline: { readonly hours: number; readonly mean: number; readonly m2: number };
  /** Calls in the running minute, for an agent that is throttled. */
  readonly minute: { readonly start: number; readonly calls: number };
  /** Irreversible writes in the running minute. */
  readonly burst: { readonly start: number; readonly writes: number };
  /** Use of each budget of the pact in its running window, keyed by the budget's text. */
  readonly budgets: Readonly<Record<string, { readonly start: number; readonly used: number }>>;
  /** In which order it calls, and at which hours of the week. */
  readonly habits: Habits;
  readonly watch: Watch;
}

export const NO_ACTIVITY: Activity = {
  actions: 0,
  tools: [],
  hour: { start: 0, calls: 0, told: false },
  baseline: { hours: 0, mean: 0, m2: 0 },
  minute: { start: 0, calls: 0 },
  burst: { start: 0, writes: 0 },
  budgets: {},
  habits: NO_HABITS,
  watch: NOTHING_WATCHED,
};

/** A stored activity; what is missing stands for an agent that has not acted. */
export const activityOf = (stored: unknown): Activity =>
  typeof stored === 'object' && stored !== null
    ? { ...NO_ACTIVITY, ...(stored as Partial<Activity>) }
    : NO_ACTIVITY;

export interface Step extends HabitStep {
  readonly tool: string;
  readonly sideEffect: 'none' | 'write';
  readonly reversible: boolean;
  readonly budgets: Pact['budgets'];
}

export interface Observation {
  readonly activity: Activity;
  readonly signals: readonly {
    readonly kind: string;
    readonly detail: Readonly<Record<string, unknown>>;
  }[];
  /** What is unusual about it, for the people who read the decision. */
  readonly reasons: readonly Reason[];
  /** Budgets this action would exceed; it does not count against them then. */
  readonly exceeded: readonly Reason[];
}

/** Takes one action into account: the new activity, the signals it gives, and the budgets it would exceed. */
export function observe(
  before: Activity,
  step: Step,
  baselines: Baselines = DEFAULT_BASELINES,
): Observation {
  const volume = stepVolume(before, step.now, baselines.volume);
  const burst = stepBurst(before.burst, step);
  const budgets = stepBudgets(before.budgets, step);
  const habits = observeHabits(before.habits, step, baselines);
  const isNew = !before.tools.includes(step.tool);
  const signals = [
    ...(isNew && before.actions >= baselines.newTool.calls
      ? [{ kind: 'behavior.new_tool', detail: { tool: step.tool } }]
      : []),
    ...volume.signals,
    ...habits.found.map(({ kind, detail }) => ({ kind, detail })),
    ...(burst.writes === BURST_WRITES
      ? [{ kind: 'behavior.destructive_burst', detail: { writesInMinute: burst.writes } }]
      : []),
    ...(budgets.exceeded.length > 0
      ? [{ kind: 'behavior.budget_exceeded', detail: { tool: step.tool } }]
      : []),
  ];
  return {
    activity: {
      actions: before.actions + 1,
      tools: isNew && before.tools.length < MAX_TOOLS ? [...before.tools, step.tool] : before.tools,
      hour: volume.hour,
      baseline: volume.baseline,
      minute: {
        start: step.now - (step.now % MINUTE_MS),
        calls: callsInMinute(before, step.now) + 1,
      },
      burst,
      budgets: budgets.uses,
      habits: habits.habits,
      watch: before.watch,
    },
    signals,
    reasons: habits.found.map(({ reason }) => reason),
    exceeded: budgets.exceeded,
  };
}

/** Calls the agent has made in the minute of `now`. */
export function callsInMinute({ minute }: Activity, now: number): number {
  return minute.start === now - (now % MINUTE_MS) ? minute.calls : 0;
}

/** Volume is told once an hour, when it leaves the baseline: over twice the mean and over three standard deviations. */
function stepVolume(
  { hour, baseline }: Activity,
  now: number,
  { activeHours, leastCalls }: Baselines['volume'],
) {
  const start = now - (now % HOUR_MS);
  const over = hour.start !== start;
  const learned = over && hour.calls > 0 ? learn(baseline, hour.calls) : baseline;
  const calls = over ? 1 : hour.calls + 1;
  const limit = Math.max(2 * learned.mean, upperLimit(counted(learned)), leastCalls);
  const told = over ? false : hour.told;
  const tells = !told && learned.hours >= activeHours && calls > limit;
  return {
    hour: { start, calls, told: told || tells },
    baseline: learned,
    signals: tells
      ? [{ kind: 'behavior.volume_high', detail: { calls, usual: Math.round(learned.mean) } }]
      : [],
  };
}

const counted = ({ hours: count, mean, m2 }: Activity['baseline']) => ({ count, mean, m2 });

function learn(baseline: Activity['baseline'], calls: number): Activity['baseline'] {
  const { count: hours, mean, m2 } = learnValue(counted(baseline), calls);
  return { hours, mean, m2 };
}

function stepBurst(
  burst: Activity['burst'],
  { sideEffect, reversible, now }: Step,
): Activity['burst'] {
  const start = now - (now % MINUTE_MS);
  const writes = burst.start === start ? burst.writes : 0;
  return { start, writes: writes + (sideEffect === 'write' && !reversible ? 1 : 0) };
}

/**
 * Counts an action against budgets: their uses after it, and those it would exceed, against which it does not count.
 *
 * @param step.now milliseconds since the epoch
 */
export function stepBudgets(
  uses: Activity['budgets'],
  { budgets = [], tool, now }: Pick<Step, 'budgets' | 'tool' | 'now'>,
): { readonly uses: Activity['budgets']; readonly exceeded: readonly Reason[] } {
  const next: Record<string, { start: number; used: number }> = {};
  const exceeded: Reason[] = [];
  for (const budget of budgets) {
    const key = `${budget.tool ?? '*'} ${budget.maxActions}/${budget.perSeconds}`;
    const windowMs = budget.perSeconds * 1000;
    const start = now - (now % windowMs);
    const kept = uses[key] ?? changedUse(uses, budget);
    const used = kept?.start === start ? kept.used : 0;
    const counts = budget.tool === undefined || budget.tool === tool;
    const exceeds = counts && used >= budget.maxActions;
    next[key] = { start, used: used + (counts && !exceeds ? 1 : 0) };
    if (exceeds) exceeded.push(budgetReason(budget.tool, budget.maxActions, budget.perSeconds));
  }
  return { uses: next, exceeded };
}

/** A budget that was raised or lowered meanwhile goes on counting where it was: a change of the pact gives nothing back. */
function changedUse(
  uses: Activity['budgets'],
  { tool, perSeconds }: NonNullable<Pact['budgets']>[number],
) {
  const [first, last] = [`${tool ?? '*'} `, `/${perSeconds}`];
  const found = Object.keys(uses).find((key) => key.startsWith(first) && key.endsWith(last));
  return found === undefined ? undefined : uses[found];
}

function budgetReason(tool: string | undefined, maxActions: number, perSeconds: number): Reason {
  const what = tool === undefined ? 'actions' : `uses of "${tool}"`;
  return {
    code: 'budget.exceeded',
    text: `The pact allows ${maxActions} ${what} in ${perSeconds} seconds, and they are used up.`,
    remedy: 'Wait for the next window, or have a manager raise the budget.',
    source: { type: 'budget' },
  };
}
