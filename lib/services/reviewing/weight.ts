/** What the verdicts of a person count for, from what is known of them. Pure. */

/** Below this much evidence in all, the weight is 1: nobody is marked down for a few trials. */
export const LEAST_EVIDENCE = 10;
/** What is expected of a reviewer nobody has measured: the prior Beta(4, 1). */
const PRIOR = { good: 4, bad: 1 };
/** From this mean on a verdict counts in full: nobody is right always. */
const FULL_FROM = 0.9;
const LEAST_WEIGHT = 0.5;

export interface Trials {
  readonly caught: number;
  readonly missed: number;
  readonly agreed: number;
  readonly disagreed: number;
  readonly contradicted: number;
}

/** One of two who disagree is wrong, and nobody knows which: half a fault each. */
export function evidenceOf({ caught, missed, agreed, disagreed, contradicted }: Trials): {
  good: number;
  bad: number;
} {
  return { good: caught + agreed, bad: missed + contradicted + disagreed / 2 };
}

/**
 * The posterior mean of Beta(4 + good, 1 + bad), measured against 0.9, bounded to [0.5, 1] and rounded to two decimals; 1 while
 * `good + bad` is below 10.
 *
 * @example weightOf({ good: 8, bad: 2 }) // 12 / 15 / 0.9 = 0.89
 */
export function weightOf({ good, bad }: { good: number; bad: number }): number {
  if (good + bad < LEAST_EVIDENCE) return 1;
  const mean = (PRIOR.good + good) / (PRIOR.good + PRIOR.bad + good + bad);
  const bounded = Math.min(1, Math.max(LEAST_WEIGHT, mean / FULL_FROM));
  return Math.round(bounded * 100) / 100;
}
