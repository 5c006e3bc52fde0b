import { assess } from './assess';
import { defaultTrustConfig } from './config';
import { emptyState } from './evidence';
import { defaultLadder } from './ladder';
import type {
  Assessment,
  Ladder,
  Layer,
  LayerReading,
  Rung,
  SourceClass,
  TrustConfig,
  TrustState,
} from './types';

/** Simulated agents for the golden scenarios, the demo and the curves in docs/trust: no clock, no chance. */

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** A Monday, so that working weeks begin where they should. */
export const MONDAY = Date.UTC(2026, 0, 5);

export interface CurvePoint {
  at: number;
  score: number;
  rung: Rung;
  layers: Record<Layer, LayerReading>;
}

/** One agent on its way through a scenario. */
export interface Run {
  config: TrustConfig;
  ladder: Ladder;
  state: TrustState;
  now: number;
  openIncident: boolean;
  curve: CurvePoint[];
  serial: number;
}

export interface Evidence {
  kind: string;
  source: string;
  sourceClass: SourceClass;
  magnitude?: number;
}

export function startRun(
  options: { now?: number; config?: TrustConfig; ladder?: Ladder; state?: TrustState } = {},
): Run {
  const { now = MONDAY, config = defaultTrustConfig, ladder = defaultLadder } = options;
  const state = options.state ?? emptyState(now);
  return { config, ladder, state, now, openIncident: false, curve: [], serial: 0 };
}

/** Time passes to `at`, and this evidence comes in; none at all is a look at the score. */
export function live(run: Run, at: number, evidence: readonly Evidence[] = []): Assessment {
  run.now = at;
  const signals = evidence.map((item) => ({ id: `s${(run.serial += 1)}`, at, ...item }));
  const { config, ladder, openIncident } = run;
  const result = assess(run.state, signals, { config, ladder, now: at, openIncident });
  run.state = result.state;
  run.curve.push({
    at,
    score: result.reading.score,
    rung: result.rung,
    layers: result.reading.layers,
  });
  return result;
}

/** What the decision path itself sees when an action shows nothing unusual. */
export const ORDINARY: readonly Evidence[] = [
  { kind: 'identity.authenticated', source: 'belay', sourceClass: 'belay' },
  { kind: 'behavior.in_pattern', source: 'belay', sourceClass: 'belay' },
  { kind: 'context.in_scope', source: 'belay', sourceClass: 'belay' },
];

export function reviewed(kind: string, reviewer = 'reviewer:ada'): Evidence {
  return { kind, source: reviewer, sourceClass: 'reviewer' };
}

/** A check by another system, for example continuous integration after a merge. */
export function checked(kind: string, source = 'ci'): Evidence {
  return { kind, source, sourceClass: 'system' };
}

/** `perDay` times on each working day from `start`, spread over eight hours from nine; endless. */
function* workingTimes(start: number, perDay: number): Generator<number> {
  for (let day = 0; ; day += 1) {
    const weekday = new Date(start + day * DAY_MS).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    for (let slot = 0; slot < perDay; slot += 1)
      yield start + day * DAY_MS + 9 * HOUR_MS + Math.round((slot * 8 * HOUR_MS) / perDay);
  }
}

export interface Work {
  count: number;
  perDay: number;
  /** Evidence about the outcome of the n-th action, counted from 1. */
  outcome: (n: number) => readonly Evidence[];
}

/** Works through `count` ordinary actions on working days, beginning on the day after the run's present. */
export function work(run: Run, { count, perDay, outcome }: Work): CurvePoint[] {
  const start = run.curve.length === 0 ? run.now : Math.floor(run.now / DAY_MS + 1) * DAY_MS;
  const times = workingTimes(start, perDay);
  const first = run.curve.length;
  for (let n = 1; n <= count; n += 1) {
    const at = times.next().value as number;
    live(run, at, [...ORDINARY, ...outcome(n)]);
  }
  return run.curve.slice(first);
}

/** Nothing happens for a while, and the agent is looked at every so often. */
export function idle(run: Run, durationMs: number, everyMs = DAY_MS): CurvePoint[] {
  const end = run.now + durationMs;
  const first = run.curve.length;
  while (run.now < end) live(run, Math.min(end, run.now + everyMs));
  return run.curve.slice(first);
}

export const APPROVED = [reviewed('outcome.approved')];
export const MERGED = [reviewed('outcome.approved'), checked('outcome.validation_passed')];

/** Every `n`-th action is rejected, for the reasons reviewers give most; the others are approved. */
export function rejectEvery(n: number): (action: number) => readonly Evidence[] {
  const reasons = ['wrong_arguments', 'not_needed', 'wrong_target'];
  return (action) =>
    action % n === 0
      ? [reviewed(`outcome.rejected.${reasons[(action / n) % reasons.length]}`)]
      : APPROVED;
}

/** G2: 500 code reviews at 25 a working day, one in 50 rejected; then 1,000 merges that CI confirms. */
export function codeReviewAgent(run = startRun()): {
  reviews: CurvePoint[];
  merges: CurvePoint[];
  run: Run;
} {
  const reviews = work(run, { count: 500, perDay: 25, outcome: rejectEvery(50) });
  const merges = work(run, { count: 1000, perDay: 25, outcome: () => MERGED });
  return { reviews, merges, run };
}

/** G10: two weeks of approved updates at 40 a working day. */
export function supportChatbot(run = startRun()): { updates: CurvePoint[]; run: Run } {
  return { updates: work(run, { count: 400, perDay: 40, outcome: () => APPROVED }), run };
}

/** An agent that has worked without fault until its score reached `score`. */
export function trustedAt(score: number, run = startRun()): Run {
  for (let day = 0; day < 365; day += 1) {
    for (const point of work(run, { count: 40, perDay: 40, outcome: () => MERGED }))
      if (point.score >= score) return run;
  }
  return run;
}

/** The same agent once more, so that two futures can be compared. */
export function fork(run: Run): Run {
  return { ...run, curve: run.curve.slice() };
}

/** G9: after every `good` ordinary, confirmed actions one catastrophe, over and over. */
export function onOffAttacker(
  catastrophe: string,
  cycles: number,
  good = 50,
  run = startRun(),
): CurvePoint[] {
  const first = run.curve.length;
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    work(run, { count: good, perDay: good, outcome: () => MERGED });
    live(run, run.now + 60_000, [{ kind: catastrophe, source: 'belay', sourceClass: 'belay' }]);
  }
  return run.curve.slice(first);
}
