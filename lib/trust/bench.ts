import { assess } from './assess';
import { defaultTrustConfig as config } from './config';
import { emptyState } from './evidence';
import { foldSignals } from './fold';
import { defaultLadder as ladder } from './ladder';
import { readTrust } from './read';
import { MONDAY, ORDINARY, checked, reviewed } from './scenarios';
import type { Signal } from './types';

/** Rates of the engine on one core, for `npm run bench`. The clock comes in, so that this room stays free of it. */
export interface TrustRates {
  foldsPerSecond: number;
  readsPerSecond: number;
  /** Assessments of four signals: one ordinary reviewed action. */
  assessmentsPerSecond: number;
}

type Clock = () => number;

const ACTION = [...ORDINARY, reviewed('outcome.approved')];
const REJECTED = [
  ...ORDINARY,
  reviewed('outcome.rejected.not_needed'),
  checked('outcome.validation_passed'),
];

/** A deterministic stream: one action every 25 minutes (so that no cap bites), every 50th rejected, ten reviewers in turn. */
function benchSignals(count: number): Signal[] {
  const signals: Signal[] = [];
  for (let action = 0; signals.length < count; action += 1)
    for (const evidence of action % 50 === 49 ? REJECTED : ACTION) {
      const source =
        evidence.sourceClass === 'reviewer' ? `reviewer:${action % 10}` : evidence.source;
      signals.push({
        id: `s${signals.length}`,
        at: MONDAY + action * 1_500_000,
        ...evidence,
        source,
      });
    }
  return signals.slice(0, count);
}

function rate(count: number, clock: Clock, body: () => void): number {
  const begun = clock();
  body();
  return Math.round((count * 1000) / (clock() - begun));
}

function measureFolds(count: number, clock: Clock, batch = 100): number {
  const signals = benchSignals(count);
  const batches = Array.from({ length: Math.ceil(count / batch) }, (_, n) =>
    signals.slice(n * batch, (n + 1) * batch),
  );
  return rate(count, clock, () => {
    let state = emptyState(MONDAY);
    for (const part of batches) state = foldSignals(state, part, config);
  });
}

function measureReads(count: number, clock: Clock): number {
  const state = foldSignals(emptyState(MONDAY), benchSignals(1000), config);
  const end = Math.max(...Object.values(state.layers).map((layer) => layer.at));
  return rate(count, clock, () => {
    for (let n = 0; n < count; n += 1) readTrust(state, config, end + n);
  });
}

/** The same thousand actions over and over, each round from a new state, so that the heap stays small. */
function measureAssessments(count: number, clock: Clock): number {
  const signals = benchSignals(4000);
  const actions = Array.from({ length: 1000 }, (_, n) => signals.slice(n * 4, n * 4 + 4));
  return rate(count, clock, () => {
    let state = emptyState(MONDAY);
    for (let n = 0; n < count; n += 1) {
      if (n % 1000 === 0) state = emptyState(MONDAY);
      const action = actions[n % 1000] ?? [];
      const now = action[3]?.at ?? MONDAY;
      state = assess(state, action, { config, ladder, now, openIncident: false }).state;
    }
  });
}

/** All rates, after a short warm-up. */
export function measureTrust(clock: Clock, count = 1_000_000): TrustRates {
  measureFolds(count / 10, clock);
  measureAssessments(count / 40, clock);
  return {
    foldsPerSecond: measureFolds(count, clock),
    readsPerSecond: measureReads(count / 4, clock),
    assessmentsPerSecond: measureAssessments(count / 4, clock),
  };
}
