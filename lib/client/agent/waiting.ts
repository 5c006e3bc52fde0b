/** How long to wait before the next try, and waiting that ends when nobody wants the result any more. */

const BASE_MS = 100;
const LONGEST_MS = 5_000;
/** Belay never asks for more; what asks for longer is not worth holding a call open. */
const LONGEST_RETRY_AFTER_MS = 60_000;

/**
 * Full jitter: anything from nothing to a bound that doubles with each try, so that clients that failed together do not come back
 * together. After what the server asked for, when it did.
 *
 * @param tries how many failed, from 1
 * @param random in [0, 1)
 * @returns milliseconds; undefined when the server asks for longer than a call is held open
 */
export function pauseMs(
  tries: number,
  random: number,
  retryAfterMs: number | undefined,
): number | undefined {
  if (retryAfterMs !== undefined && retryAfterMs > LONGEST_RETRY_AFTER_MS) return undefined;
  return (retryAfterMs ?? 0) + random * Math.min(LONGEST_MS, BASE_MS * 2 ** (tries - 1));
}

/** @throws the reason of `signal` as soon as it is aborted */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return abortable(
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => clearTimeout(timer), { once: true });
    }),
    signal,
  );
}

/** What `work` gives, or the reason of `signal` as soon as it is aborted. */
export function abortable<Value>(work: Promise<Value>, signal?: AbortSignal): Promise<Value> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason as Error);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}
