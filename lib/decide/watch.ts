/** What is remembered of an agent to see what no single signal shows: failing calls, a worse version, a falling score. */
import {
  countConduct,
  defaultTrustConfig,
  NO_SCORE_DAYS,
  stepErrorRate,
  windowsOf,
  worseVersion,
  type RecentCalls,
  type ScoreDays,
  type Signal,
  type VersionDelta,
  type VersionWindows,
} from '@/lib/trust';
import type { NewEvidence } from './evidence-of-action';

export interface Watch {
  readonly calls: RecentCalls;
  readonly versions: VersionWindows | null;
  /** The version that was last told of as worse. */
  readonly toldVersion: string | null;
  readonly score: ScoreDays;
}

export const NOTHING_WATCHED: Watch = {
  calls: '',
  versions: null,
  toldVersion: null,
  score: NO_SCORE_DAYS,
};

const FAILED: Readonly<Record<string, boolean>> = {
  'outcome.task_failed': true,
  'outcome.task_succeeded': false,
};

/** Counts reported calls, whoever reports them, and gives the signal that too many of them failed. */
export function watchCalls(
  watch: Watch,
  signals: readonly { readonly kind: string }[],
): { readonly watch: Watch; readonly found: readonly NewEvidence[] } {
  let { calls } = watch;
  const found: NewEvidence[] = [];
  for (const { kind } of signals) {
    const failed = FAILED[kind];
    if (failed === undefined) continue;
    const step = stepErrorRate(calls, failed);
    calls = step.recent;
    if (step.over !== null) found.push({ kind: 'behavior.error_rate', detail: step.over });
  }
  return { watch: { ...watch, calls }, found };
}

/** Counts conduct into the window of the running version, and tells once of a version that is worse than the one before. */
export function watchVersion(
  watch: Watch,
  version: string,
  signals: readonly Signal[],
  now: number,
): { readonly watch: Watch; readonly worse: VersionDelta | null } {
  const windows = windowsOf(watch.versions, version, now);
  const versions = {
    ...windows,
    current: countConduct(windows.current, signals, defaultTrustConfig, now),
  };
  const worse = watch.toldVersion === version ? null : worseVersion(versions);
  const toldVersion = worse === null ? watch.toldVersion : version;
  return { watch: { ...watch, versions, toldVersion }, worse };
}
