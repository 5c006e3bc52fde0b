/** When a delivery is tried again. Pure. */

/** Tries of one delivery before it is given up: the last one is about six hours after the first. */
export const MOST_TRIES = 8;

const FIRST_MS = 5_000;
const FACTOR = 4;
const LONGEST_MS = 4 * 3_600_000;

/**
 * Exponential backoff with jitter, so that many deliveries that failed together do not come back together.
 *
 * @param tries how many have failed, 1 or more
 * @param chance uniform in [0, 1)
 * @returns milliseconds to wait: between a half and one and a half of 5 s, 20 s, 80 s, ... up to 4 hours
 */
export function waitAfter(tries: number, chance: number): number {
  const base = Math.min(LONGEST_MS, FIRST_MS * FACTOR ** (tries - 1));
  return Math.round(base * (0.5 + chance));
}
