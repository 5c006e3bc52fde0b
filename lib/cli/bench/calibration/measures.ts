/** How well scores predict labels. Pure. */
import type { Prediction } from './history';

/** Probabilities are kept this far from certainty, so that one surprise does not make a log loss infinite. */
const EDGE = 1e-3;

const clip = (p: number) => Math.min(1 - EDGE, Math.max(EDGE, p));
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean negative log likelihood, in nats. */
export const logLoss = (list: readonly Prediction[]): number =>
  mean(list.map(({ score, good }) => -Math.log(good ? clip(score) : 1 - clip(score))));

/** Mean squared difference of score and label, in [0, 1] (Brier 1950). */
export const brier = (list: readonly Prediction[]): number =>
  mean(list.map(({ score, good }) => (score - (good ? 1 : 0)) ** 2));

/** Chance that a good action was scored higher than a bad one, ties counting half; null without both. */
export function ranking(list: readonly Prediction[]): number | null {
  const sorted = [...list].sort((a, b) => a.score - b.score);
  const bad = sorted.filter(({ good }) => !good).length;
  const good = sorted.length - bad;
  if (bad === 0 || good === 0) return null;
  let [below, pairs] = [0, 0];
  for (let start = 0; start < sorted.length;) {
    let end = start;
    while (end < sorted.length && sorted[end]?.score === sorted[start]?.score) end += 1;
    const tied = sorted.slice(start, end);
    const tiedBad = tied.filter((one) => !one.good).length;
    pairs += (tied.length - tiedBad) * (below + tiedBad / 2);
    below += tiedBad;
    start = end;
  }
  return pairs / (bad * good);
}

/**
 * The same predictions as probabilities: each score becomes the share of good actions at such scores among *other* agents, never
 * falling as the score rises (isotonic regression by pooling adjacent violators; Ayer and others 1955).
 */
export function recalibrated(list: readonly Prediction[]): Prediction[] {
  const agents = [...new Set(list.map(({ agent }) => agent))];
  return agents.flatMap((agent) => {
    const probability = isotonic(list.filter((one) => one.agent !== agent));
    return list
      .filter((one) => one.agent === agent)
      .map((one) => ({ ...one, score: probability(one.score) }));
  });
}

interface Pool {
  readonly from: number;
  readonly good: number;
  readonly all: number;
}

function isotonic(list: readonly Prediction[]): (score: number) => number {
  const pools: Pool[] = [];
  for (const pool of byScore(list)) {
    pools.push(pool);
    for (;;) {
      const [before, last] = [pools.at(-2), pools.at(-1)];
      if (before === undefined || last === undefined || share(before) < share(last)) break;
      const [good, all] = [before.good + last.good, before.all + last.all];
      pools.splice(-2, 2, { from: before.from, good, all });
    }
  }
  return (score) => share(pools.findLast(({ from }) => from <= score) ?? pools[0]);
}

/** One pool a score, in rising order: what was scored alike cannot be told apart. */
function byScore(list: readonly Prediction[]): Pool[] {
  const pools = new Map<number, Pool>();
  for (const { score, good } of list) {
    const known = pools.get(score) ?? { from: score, good: 0, all: 0 };
    pools.set(score, { from: score, good: known.good + (good ? 1 : 0), all: known.all + 1 });
  }
  return [...pools.values()].sort((a, b) => a.from - b.from);
}

const share = (pool: Pool | undefined) => (pool === undefined ? 0.5 : pool.good / pool.all);

/** A stretch of scores: how many, their mean, and the share of good actions. */
export interface Bin {
  readonly count: number;
  readonly score: number;
  readonly good: number;
}

/** Ten stretches of equal width; empty ones are left out. */
export function reliability(list: readonly Prediction[]): Bin[] {
  return Array.from({ length: 10 }, (_, n) =>
    list.filter(({ score }) => Math.min(9, Math.floor(score * 10)) === n),
  )
    .filter((bin) => bin.length > 0)
    .map((bin) => ({
      count: bin.length,
      score: mean(bin.map(({ score }) => score)),
      good: mean(bin.map(({ good }) => (good ? 1 : 0))),
    }));
}
