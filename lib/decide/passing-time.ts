/** Time goes on while a transaction waits for its locks: what stands behind them is judged at the time it is then. */
import { performance } from 'node:perf_hooks';

/**
 * A clock that starts at `now`, the caller's or a simulated one, and goes on as real time does.
 *
 * @param now milliseconds since the epoch
 * @returns tells the time, in whole milliseconds since the epoch
 * @example const clock = passingFrom(now); await lock(); judge(facts, clock());
 */
export function passingFrom(now: number): () => number {
  const started = performance.now();
  return () => now + Math.floor(performance.now() - started);
}
