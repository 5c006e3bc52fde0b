/** The golden scenarios as curves, for the pictures in docs/trust. The tests of the same names hold the numbers. */
import { debtOf } from './debt';
import { emptyState } from './evidence';
import {
  APPROVED,
  DAY_MS,
  HOUR_MS,
  MONDAY,
  ORDINARY,
  codeReviewAgent,
  fork,
  idle,
  live,
  onOffAttacker,
  rejectEvery,
  reviewed,
  startRun,
  supportChatbot,
  trustedAt,
  work,
  type Evidence,
  type Run,
} from './scenarios';
import { rejectionSignals } from './catalogue';
import { newVersion } from './version-scenario';
import type { Layer } from './types';

export interface Series {
  readonly name: string;
  /** In order of time; `at` in milliseconds since the epoch, `score` in [0, 1]. */
  readonly points: readonly { readonly at: number; readonly score: number }[];
}

export interface GoldenCurve {
  /** `G1` to `G12`. */
  readonly id: string;
  readonly title: string;
  readonly series: readonly Series[];
}

const belay = (kind: string): Evidence => ({ kind, source: 'belay', sourceClass: 'belay' });

/** The composite of a run from its `from`-th point on. */
const scoreOf = (name: string, run: Pick<Run, 'curve'>, from = 0): Series => ({
  name,
  points: run.curve.slice(from),
});

const layerOf = (name: string, layer: Layer, run: Pick<Run, 'curve'>, from = 0): Series => ({
  name,
  points: run.curve.slice(from).map(({ at, layers }) => ({ at, score: layers[layer].score })),
});

/** The last days before a run's present: enough of a curve to see what comes after it. */
const tailFrom = (run: Run, days: number) =>
  Math.max(
    0,
    run.curve.findIndex(({ at }) => at > run.now - days * DAY_MS),
  );

function newAgent(): Series[] {
  const run = startRun();
  live(run, MONDAY);
  idle(run, 30 * DAY_MS);
  return [scoreOf('nothing known', run)];
}

function injected(): Series[] {
  const run = trustedAt(0.85);
  const from = tailFrom(run, 7);
  live(run, run.now + 1000, [belay('behavior.injection_confirmed')]);
  work(run, { count: 120, perDay: 40, outcome: () => APPROVED });
  return [scoreOf('score', run, from), layerOf('behavior', 'behavior', run, from)];
}

function oneRejection(): Series[] {
  const gained = startRun();
  while (gained.state.ladder.rung < 4)
    work(gained, { count: 40, perDay: 40, outcome: () => APPROVED });
  const from = tailFrom(gained, 3);
  const [rejected, untouched] = [fork(gained), fork(gained)];
  live(
    rejected,
    gained.now + HOUR_MS,
    rejectionSignals('unsafe').map((kind) => reviewed(kind)),
  );
  idle(rejected, 3 * DAY_MS, HOUR_MS);
  idle(untouched, 3 * DAY_MS, HOUR_MS);
  return [scoreOf('one rejection', rejected, from), scoreOf('without it', untouched, from)];
}

function badWeek(): Series[] {
  return [0.75, 0.8, 0.85].map((start) => {
    const run = trustedAt(start);
    const from = run.curve.length - 1;
    work(run, { count: 200, perDay: 40, outcome: rejectEvery(5) });
    const begin = run.curve[from]?.at ?? 0;
    const points = run.curve
      .slice(from)
      .map(({ at, score }) => ({ at: at - begin + MONDAY, score }));
    return { name: `from ${start.toFixed(2)}`, points };
  });
}

function ownWord(): Series[] {
  const run = trustedAt(0.6);
  const from = tailFrom(run, 2);
  const flood = fork(run);
  const success = {
    kind: 'outcome.task_succeeded',
    source: 'agent',
    sourceClass: 'self' as const,
  };
  const successes = Array.from({ length: 1000 }, () => success);
  for (let batch = 1; batch <= 100; batch += 1)
    live(flood, run.now + (batch * HOUR_MS) / 100, successes);
  idle(flood, 2 * DAY_MS, HOUR_MS);
  const alarmed = fork(run);
  for (let n = 1; n <= 2; n += 1)
    live(alarmed, run.now + n * 1000, [belay('context.data_class_exceeded')]);
  for (let n = 1; n <= 60; n += 1)
    live(alarmed, run.now + n * 10 * 60_000, [ORDINARY[1]!, APPROVED[0]!]);
  return [
    scoreOf('100,000 own successes', flood, from),
    scoreOf('good work beside an alarm', alarmed, from),
  ];
}

function silence(): Series[] {
  return [0.72, 0.8, 0.92].map((start) => {
    const run = trustedAt(start);
    const from = run.curve.length - 1;
    const begin = run.now;
    idle(run, 90 * DAY_MS);
    const points = run.curve
      .slice(from)
      .map(({ at, score }) => ({ at: at - begin + MONDAY, score }));
    return { name: `from ${start.toFixed(2)}`, points };
  });
}

function registeredAgain(): Series[] {
  const bad = startRun();
  work(bad, { count: 200, perDay: 40, outcome: rejectEvery(4) });
  const again = startRun({ now: bad.now, state: emptyState(bad.now, debtOf(bad.state)) });
  const fresh = startRun({ now: bad.now });
  for (const run of [again, fresh, bad])
    work(run, { count: 400, perDay: 40, outcome: () => APPROVED });
  return [
    scoreOf('went on', bad),
    scoreOf('registered again, same key', again),
    scoreOf('somebody new', fresh),
  ];
}

function onOff(): Series[] {
  const top = trustedAt(0.93);
  idle(top, 2 * DAY_MS);
  const begin = top.now;
  const points = onOffAttacker('behavior.injection_confirmed', 12, 50, top);
  return [
    {
      name: 'from the top',
      points: points.map(({ at, score }) => ({ at: at - begin + MONDAY, score })),
    },
    { name: 'from new', points: onOffAttacker('behavior.injection_confirmed', 12) },
  ];
}

function oldCredential(): Series[] {
  const run = trustedAt(0.8);
  const from = tailFrom(run, 5);
  for (let day = 0; day < 5; day += 1) {
    live(run, run.now + DAY_MS, [belay('identity.credential_age')]);
    work(run, { count: 20, perDay: 20, outcome: () => APPROVED });
  }
  return [scoreOf('score', run, from), layerOf('identity', 'identity', run, from)];
}

/** Every golden scenario, in order. Takes a few seconds: a million signals and more. */
export function goldenCurves(): GoldenCurve[] {
  return [
    { id: 'G1', title: 'A new agent', series: newAgent() },
    {
      id: 'G2',
      title: '500 code reviews, 98 % accepted, then 1,000 merges that CI confirms',
      series: [scoreOf('score', codeReviewAgent().run)],
    },
    { id: 'G3', title: 'A recognised prompt injection at 0.85', series: injected() },
    { id: 'G4', title: 'One rejection at rung 4', series: oneRejection() },
    { id: 'G5', title: '20 % rejected for a week', series: badWeek() },
    { id: 'G6', title: 'What lifts nothing', series: ownWord() },
    { id: 'G7', title: '90 days of silence', series: silence() },
    { id: 'G8', title: 'Revoked and registered again', series: registeredAgain() },
    {
      id: 'G9',
      title: 'An on-off attacker: 50 good actions, one catastrophe, over and over',
      series: onOff(),
    },
    {
      id: 'G10',
      title: 'A support chatbot: two weeks of approved updates',
      series: [scoreOf('score', supportChatbot().run)],
    },
    { id: 'G11', title: 'A credential 91 days old', series: oldCredential() },
    { id: 'G12', title: 'A new version that behaves differently', series: newVersion().series },
  ];
}
