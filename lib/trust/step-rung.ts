import {
  DROP_MS,
  barOf,
  nameOf,
  qualifies,
  rungAbove,
  rungBelow,
  rungOfScore,
  thresholdOf,
} from './ladder';
import { formatDuration, formatScore, formatThreshold } from './sentences';
import type {
  Ladder,
  LadderState,
  Rung,
  RungChange,
  RungStep,
  TrustReading,
  TrustState,
} from './types';

export interface StepOptions {
  ladder: Ladder;
  now: number;
  openIncident: boolean;
  /** Score just before the newest signals: between two steps it only falls, so this is the low of the interval. */
  scoreBefore?: number;
}

interface Step {
  ladderState: LadderState;
  change: RungChange | null;
}

/**
 * Where an ordinary loss leads: one rung down. When nobody looked for a while, it leads to where a look every hour would
 * have led by now, so that an agent long unused does not act on a rung its score left months ago.
 */
function drainedTo(state: LadderState, score: number, options: StepOptions): Rung {
  const { ladder, now, scoreBefore = score } = options;
  const free = Math.max(state.last?.at ?? now, (state.droppedAt ?? -Infinity) + DROP_MS);
  const missed = Math.max(0, Math.floor((now - free) / DROP_MS));
  let overdue = state.rung;
  for (let hour = 0; hour < missed && overdue > rungOfScore(ladder, scoreBefore); hour += 1)
    overdue = rungBelow(overdue);
  return overdue < state.rung ? overdue : rungBelow(state.rung);
}

/** A rung is lost at once: after a shock straight to what the score says, otherwise one rung an hour. */
function fall(state: LadderState, target: Rung, score: number, options: StepOptions): Step {
  const { ladder, now } = options;
  const resting = state.droppedAt !== null && now - state.droppedAt < DROP_MS;
  if (resting && !state.shocked)
    return { ladderState: state.climb === null ? state : { ...state, climb: null }, change: null };
  const needed = formatThreshold(thresholdOf(ladder, state.rung));
  const low = `The score is ${formatScore(score)}; ${nameOf(ladder, state.rung)} needs ${needed}.`;
  const why = state.shocked
    ? 'Severe evidence acts at once, so the rung follows the score without delay.'
    : 'An ordinary loss costs at most one rung an hour.';
  const change: RungChange = {
    from: state.rung,
    to: state.shocked ? target : drainedTo(state, score, options),
    cause: state.shocked ? 'shock' : 'drain',
    reasons: [low, why],
  };
  return { ladderState: { ...state, rung: change.to, climb: null, droppedAt: now }, change };
}

/** A rung is gained after everything has spoken for it without a break for the dwell time; one at a time. */
function climb(state: LadderState, reading: TrustReading, options: StepOptions): Step {
  const { ladder, now, openIncident, scoreBefore } = options;
  const next = rungAbove(state.rung);
  if (next === null || !qualifies(reading, next, ladder, openIncident))
    return { ladderState: state.climb === null ? state : { ...state, climb: null }, change: null };
  const bar = barOf(ladder, next);
  const unbroken =
    state.climb?.rung === next && state.climb.bar === bar && (scoreBefore ?? 1) >= bar;
  const since = unbroken && state.climb ? state.climb.since : now;
  if (now - since < ladder.dwellSeconds * 1000)
    return {
      ladderState: unbroken ? state : { ...state, climb: { rung: next, bar, since } },
      change: null,
    };
  const reasons = [
    `The score has stayed at or above ${formatThreshold(bar)} for ${formatDuration(ladder.dwellSeconds)}.`,
    'Every layer has its minimum of evidence and stands above its floor, none is in alarm, and no incident is open.',
  ];
  return {
    ladderState: { ...state, rung: next, climb: null },
    change: { from: state.rung, to: next, cause: 'climb', reasons },
  };
}

/**
 * Where the agent stands on the ladder after this reading. Losing comes before gaining, gaining needs time, and a
 * shock not yet answered is answered here.
 */
export function stepRung(state: TrustState, reading: TrustReading, options: StepOptions): RungStep {
  const before = state.ladder;
  const target = rungOfScore(options.ladder, reading.score);
  const { ladderState, change } =
    target < before.rung
      ? fall(before, target, reading.score, options)
      : climb(before, reading, options);
  const ladder: LadderState = {
    rung: ladderState.rung,
    climb: ladderState.climb,
    droppedAt: ladderState.droppedAt,
    shocked: false,
    last: { at: options.now, score: reading.score },
  };
  return {
    state: { schema: state.schema, layers: state.layers, ladder },
    rung: ladder.rung,
    change,
  };
}
