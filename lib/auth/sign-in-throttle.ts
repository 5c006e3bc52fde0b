/**
 * Slows down guessing: after a few failures for one e-mail address every further try has to wait, twice as long each time.
 * Known and unknown addresses are treated alike. Held in memory: a process that restarts forgets, which costs a guesser
 * more time than it gives.
 */
const FREE_FAILURES = 5;
const FIRST_WAIT_SECONDS = 15;
const LONGEST_WAIT_SECONDS = 15 * 60;
const FORGET_AFTER_MS = 60 * 60 * 1000;
const MOST_ADDRESSES = 10_000;

interface Failures {
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly lastAt: number;
}

export interface SignInThrottle {
  /** Seconds to wait before the next try; 0 when it may be made now. */
  waitSeconds(email: string, now: number): number;
  failed(email: string, now: number): void;
  succeeded(email: string): void;
}

function waitAfter(count: number): number {
  if (count < FREE_FAILURES) return 0;
  return Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (count - FREE_FAILURES));
}

export function createSignInThrottle(): SignInThrottle {
  const failures = new Map<string, Failures>();
  const recent = (email: string, now: number): Failures | undefined => {
    const known = failures.get(email);
    return known !== undefined && now - known.lastAt < FORGET_AFTER_MS ? known : undefined;
  };
  return {
    waitSeconds(email, now) {
      const known = recent(email, now);
      if (known === undefined) return 0;
      return Math.max(0, Math.ceil(waitAfter(known.count) - (now - known.lastAt) / 1000));
    },
    failed(email, now) {
      const count = (recent(email, now)?.count ?? 0) + 1;
      failures.delete(email);
      failures.set(email, { count, lastAt: now });
      const oldest = failures.keys().next().value;
      if (failures.size > MOST_ADDRESSES && oldest !== undefined) failures.delete(oldest);
    },
    succeeded(email) {
      failures.delete(email);
    },
  };
}

// Next loads modules more than once; the count must stay one.
const shared = globalThis as typeof globalThis & { belaySignInThrottle?: SignInThrottle };

export function signInThrottle(): SignInThrottle {
  shared.belaySignInThrottle ??= createSignInThrottle();
  return shared.belaySignInThrottle;
}
