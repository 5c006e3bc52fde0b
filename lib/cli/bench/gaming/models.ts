/**
 * Belay's engine and the three models it is compared with, behind one face. The others see what a plain reputation system sees:
 * that an action went well or badly, whoever says so.
 */
import {
  assess,
  debtOf,
  defaultLadder,
  defaultTrustConfig,
  emptyState,
  type Debt,
  type TrustState,
} from '@/lib/trust';
import type { Evidence } from '@/lib/trust/scenarios';

/** What one agent is to a model. Times in milliseconds since the epoch. */
export interface Standing {
  /** Evidence comes in. */
  see(at: number, evidence: readonly Evidence[]): void;
  /** In [0, 1]. */
  score(at: number): number;
  /** Whether the agent may act alone now. */
  actsAlone(at: number): boolean;
  /** The same key or owner registers again. */
  again(at: number): Standing;
}

export interface Model {
  readonly name: string;
  begin(at: number): Standing;
}

const options = { config: defaultTrustConfig, ladder: defaultLadder, openIncident: false };

function belayStanding(at: number, debt?: Debt): Standing {
  let state: TrustState = emptyState(at, debt);
  let serial = 0;
  const look = (now: number, evidence: readonly Evidence[]) => {
    const signals = evidence.map((item) => ({ id: `s${(serial += 1)}`, at: now, ...item }));
    const assessment = assess(state, signals, { ...options, now });
    state = assessment.state;
    return assessment;
  };
  return {
    see: (now, evidence) => void look(now, evidence),
    score: (now) => look(now, []).reading.score,
    actsAlone: (now) => look(now, []).rung >= 4,
    again: (now) => belayStanding(now, debtOf(state)),
  };
}

export const BELAY: Model = { name: 'Belay', begin: (at) => belayStanding(at) };

/** Good and bad actions in evidence: one of each at most, for an action has one outcome. */
function outcomeOf(evidence: readonly Evidence[]): 'good' | 'bad' | undefined {
  const kinds = evidence.map(({ kind }) => defaultTrustConfig.kinds[kind]);
  if (kinds.some((kind) => kind?.sign === 'negative')) return 'bad';
  const hasOutcome = kinds.some((kind) => kind?.layer === 'outcome');
  return hasOutcome ? 'good' : undefined;
}

interface Simple<State> {
  readonly name: string;
  readonly start: State;
  readonly step: (state: State, outcome: 'good' | 'bad') => State;
  readonly score: (state: State, idleHours: number) => number;
  readonly rest?: (state: State, idleHours: number) => State;
}

/** When a rival lets an agent act alone. */
export interface Rule {
  /** In [0, 1]. */
  readonly threshold: number;
  /** Actions with an outcome before the score is asked at all; 0 as the models come. */
  readonly probation: number;
}

function simple<State>(model: Simple<State>): (rule: Rule) => Model {
  const { name, start, step, score, rest = (state) => state } = model;
  const begin = ({ threshold, probation }: Rule, born: number): Standing => {
    let state = start;
    let seen = born;
    let outcomes = 0;
    const hours = (at: number) => Math.max(0, at - seen) / 3_600_000;
    return {
      see(at, evidence) {
        const outcome = outcomeOf(evidence);
        if (outcome !== undefined) {
          state = step(rest(state, hours(at)), outcome);
          seen = at;
          outcomes += 1;
        }
      },
      score: (at) => score(state, hours(at)),
      actsAlone: (at) => outcomes >= probation && score(state, hours(at)) >= threshold,
      again: (at) => begin({ threshold, probation }, at),
    };
  };
  return (rule) => ({ name, begin: (at) => begin(rule, at) });
}

type Count = { readonly good: number; readonly bad: number };
const count = (state: Count, outcome: 'good' | 'bad'): Count => ({
  ...state,
  [outcome]: state[outcome] + 1,
});

/** Josang and Ismail 2002 without forgetting: the expected value of a beta distribution. */
const beta = simple<Count>({
  name: 'beta reputation',
  start: { good: 0, bad: 0 },
  step: count,
  score: ({ good, bad }) => (good + 1) / (good + bad + 2),
});

const EMA_ALPHA = 0.1;
const EMA_DECAY_PER_HOUR = 0.002;
/** Exponential moving average from 500 of 1,000, losing 2 points an hour. */
const average = simple<number>({
  name: 'moving average',
  start: 0.5,
  step: (score, outcome) => score + EMA_ALPHA * ((outcome === 'good' ? 1 : 0) - score),
  score: (score, hours) => Math.max(0, score - EMA_DECAY_PER_HOUR * hours),
  rest: (score, hours) => Math.max(0, score - EMA_DECAY_PER_HOUR * hours),
});

/** Actions before a lifetime counter says anything. */
const COUNTER_LEARNS = 20;
/** Share of all actions ever that went well. */
const counter = simple<Count>({
  name: 'lifetime counter',
  start: { good: 0, bad: 0 },
  step: count,
  score: ({ good, bad }) => (good + bad < COUNTER_LEARNS ? 0 : good / (good + bad)),
});

/** The rivals, each for a rule of when an agent acts alone. */
export const RIVALS = [beta, average, counter] as const;
