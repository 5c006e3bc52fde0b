import type { Median, Share } from '@/lib/contracts';

/** From this many on a share of verdicts is shown; below it is chance. */
export const FEWEST_VERDICTS = 10;
/** Canaries and samples with two looks are rarer, and each says more. */
export const FEWEST_TRIALS = 5;

/** A share with its counts, and without a number while there are too few. */
export function shareOf(count: number, of: number, minimum: number): Share {
  return { count, of, minimum, share: of < minimum ? null : count / of };
}

export function medianOf(seconds: number | null, of: number, minimum: number): Median {
  return { seconds: of < minimum ? null : seconds, of, minimum };
}
