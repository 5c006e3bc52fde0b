/** What is usual for an agent, and how long it is learned before anything is compared with it. Pure; times in milliseconds. */

/** Count, mean and sum of squared deviations of what was seen (Welford 1962). */
export interface Baseline {
  readonly count: number;
  readonly mean: number;
  readonly m2: number;
}

export const NO_BASELINE: Baseline = { count: 0, mean: 0, m2: 0 };

/** Standard deviations above the mean at which a value is out of the ordinary. */
const SIGMAS = 3;

/**
 * Takes one value into account.
 *
 * @param memory values after which the oldest fade: from then on each new one weighs `1 / memory`. Absent: all weigh alike
 * @example learnValue({ count: 1, mean: 2, m2: 0 }, 4) // { count: 2, mean: 3, m2: 2 }
 */
export function learnValue(
  { count: before, mean: old, m2 }: Baseline,
  value: number,
  memory = Infinity,
): Baseline {
  const count = Math.min(before + 1, memory);
  const delta = value - old;
  const mean = old + delta / count;
  if (before < memory) return { count, mean, m2: m2 + delta * (value - mean) };
  return { count, mean, m2: (m2 + delta * delta) * (1 - 1 / count) };
}

/** Mean plus three standard deviations: what lies above it is out of the ordinary. 0 deviations while fewer than two values are known. */
export function upperLimit({ count, mean, m2 }: Baseline): number {
  return mean + SIGMAS * (count > 1 ? Math.sqrt(m2 / (count - 1)) : 0);
}

/** A baseline binds once both have passed. The first half teaches the model, the second what its surprises usually are. */
export interface Learning {
  readonly days: number;
  readonly observations: number;
}

/** How far an agent has come with its learning: 0 at first, 1 when the baseline binds. */
export function learnedShare(
  seen: { readonly sinceMs: number; readonly observations: number },
  learning: Learning,
): number {
  const byTime = seen.sinceMs / (learning.days * 86_400_000);
  return Math.min(1, byTime, seen.observations / learning.observations);
}

export interface Baselines {
  /** Tools never used before: news once the agent has made so many calls. */
  readonly newTool: { readonly calls: number };
  /** Calls an hour, learned over so many active hours; fewer calls than `leastCalls` never alarm. */
  readonly volume: { readonly activeHours: number; readonly leastCalls: number };
  /** Order of calls: steps learned, and the share of a step below which it can be unlikely. */
  readonly sequence: { readonly learning: Learning; readonly rareShare: number };
  /** Hours of the week: active hours learned; unlikely is below this share of what an agent without habits would have. */
  readonly weekHours: { readonly learning: Learning; readonly rareShare: number };
}

/** The defaults; docs/trust/model.md gives the reasons. */
export const DEFAULT_BASELINES: Baselines = {
  newTool: { calls: 50 },
  volume: { activeHours: 24, leastCalls: 30 },
  sequence: { learning: { days: 3, observations: 200 }, rareShare: 0.01 },
  weekHours: { learning: { days: 28, observations: 40 }, rareShare: 0.1 },
};
