/**
 * A circuit breaker as plain data: after `FAILURES_TO_OPEN` failures in a row nothing is asked for `OPEN_MS`; then one
 * question goes through, and its answer closes the circuit or opens it again. Times in milliseconds since the epoch.
 */
export interface Breaker {
  readonly failures: number;
  readonly openUntil: number;
  /** The one question that went through has no answer yet. */
  readonly probing: boolean;
}

export const FAILURES_TO_OPEN = 5;
export const OPEN_MS = 10_000;

export const CLOSED: Breaker = { failures: 0, openUntil: 0, probing: false };

const isOpen = ({ failures }: Breaker) => failures >= FAILURES_TO_OPEN;

export type Pass = 'through' | 'probe' | 'refused';

/** Whether a question may go out now, and the breaker after that. */
export function admit(breaker: Breaker, now: number): { pass: Pass; breaker: Breaker } {
  if (!isOpen(breaker)) return { pass: 'through', breaker };
  if (breaker.probing || now < breaker.openUntil) return { pass: 'refused', breaker };
  return { pass: 'probe', breaker: { ...breaker, probing: true } };
}

/** The breaker after a question that was let through has ended. A late failure does not hold an open circuit open. */
export function settle(breaker: Breaker, pass: Pass, answered: boolean, now: number): Breaker {
  if (answered) return CLOSED;
  if (pass === 'through' && isOpen(breaker)) return breaker;
  const failures = breaker.failures + 1;
  const openUntil = failures >= FAILURES_TO_OPEN ? now + OPEN_MS : 0;
  return { failures, openUntil, probing: false };
}
