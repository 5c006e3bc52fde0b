/** Recent calls of an agent as they were reported, one character each: `1` failed, `0` did not. Newest last. */
export type RecentCalls = string;

/** Calls remembered. */
const KEPT_CALLS = 100;
/** Calls it takes before a share says anything. */
const LEAST_CALLS = 20;
/** Share of failed calls beyond which the agent is told of, in [0, 1]. */
const ERROR_LIMIT = 0.15;

/**
 * Takes one reported call into account.
 *
 * @returns the calls remembered now, and the share when it is over 15 % of at least 20 calls. After it was told they are
 *   counted anew, so that one bad hour is told of once.
 */
export function stepErrorRate(
  recent: RecentCalls,
  failed: boolean,
): { readonly recent: RecentCalls; readonly over: { failed: number; calls: number } | null } {
  const calls = `${recent}${failed ? '1' : '0'}`.slice(-KEPT_CALLS);
  const count = [...calls].filter((call) => call === '1').length;
  const over = failed && calls.length >= LEAST_CALLS && count / calls.length > ERROR_LIMIT;
  return over
    ? { recent: '', over: { failed: count, calls: calls.length } }
    : { recent: calls, over: null };
}
