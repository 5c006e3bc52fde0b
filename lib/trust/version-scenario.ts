import { defaultTrustConfig as config } from './config';
import { DAY_MS, MONDAY, ORDINARY, APPROVED, live, startRun, type Evidence } from './scenarios';
import type { Layer, Signal } from './types';
import {
  countConduct,
  windowsOf,
  worseVersion,
  type VersionDelta,
  type VersionWindows,
} from './version-delta';

const ACTIONS_A_DAY = 40;
const DAYS_OF_EACH = 10;

interface Told {
  readonly at: number;
  readonly layer: Layer;
  readonly delta: number;
}

/**
 * G12: ten days of a well-behaved version, then a version that asks for tools outside its pact at every third action. Both
 * curves are the behavior layer: what the score shows, and the share of good signals of the running version.
 *
 * @param strayEvery every how many actions of the new version stray; 0 for never
 */
export function newVersion(strayEvery = 3) {
  const run = startRun();
  let windows: VersionWindows | null = null;
  let told: Told | null = null;
  const conduct: { at: number; score: number }[] = [];
  for (let n = 0; n < 2 * DAYS_OF_EACH * ACTIONS_A_DAY; n += 1) {
    const at = MONDAY + Math.round((n * DAY_MS) / ACTIONS_A_DAY);
    const isNew = n >= DAYS_OF_EACH * ACTIONS_A_DAY;
    const strays = isNew && strayEvery > 0 && n % strayEvery === 0;
    const evidence = evidenceOf(strays);
    live(run, at, evidence);
    const signals: Signal[] = evidence.map((item) => ({ id: `v${n}`, at, ...item }));
    const before: VersionWindows = windowsOf(windows, isNew ? '2.0.0' : '1.0.0', at);
    windows = { ...before, current: countConduct(before.current, signals, config, at) };
    const { good, bad } = windows.current.layers.behavior;
    conduct.push({ at, score: good / (good + bad) });
    told ??= tellAt(worseVersion(windows), at);
  }
  const score = run.curve.map(({ at, layers }) => ({ at, score: layers.behavior.score }));
  return {
    told,
    series: [
      { name: 'behavior', points: score },
      { name: 'share of good signals in the version', points: conduct },
    ],
  };
}

function tellAt(worse: VersionDelta | null, at: number): Told | null {
  return worse === null ? null : { at, layer: worse.layer, delta: worse.delta };
}

function evidenceOf(strays: boolean): Evidence[] {
  const stray: Evidence = {
    kind: 'behavior.tool_outside_pact',
    source: 'belay',
    sourceClass: 'belay',
  };
  const ordinary = ORDINARY.map((item) =>
    strays && item.kind === 'behavior.in_pattern' ? stray : item,
  );
  return [...ordinary, ...APPROVED];
}
