/** Asks a decision point over HTTP, for a bounded time, and not at all while it keeps failing. */
import { DIALECTS, failedBase, type BasePolicy, type DialectName } from '@/lib/policy/base';
import { GuardedPlace, type OutsideHealth } from '../outside/guarded-place';

export interface BasePolicyPlace {
  readonly kind: DialectName;
  /** Without a trailing slash. */
  readonly url: string;
  /** The rule's path, for OPA. */
  readonly path: string;
  readonly timeoutMs: number;
  /** Sent as a bearer token. */
  readonly token: string | undefined;
}

/** A decision point that is watched. */
export interface WatchedBasePolicy extends BasePolicy {
  health(): OutsideHealth;
}

/** @param clock milliseconds since the epoch */
export function httpBasePolicy(place: BasePolicyPlace, clock: () => number): WatchedBasePolicy {
  const dialect = DIALECTS[place.kind];
  const { timeoutMs, token } = place;
  const guarded = new GuardedPlace({ address: dialect.address(place), timeoutMs, token }, clock);
  const ask = async (body: unknown) => {
    const asked = await guarded.ask(body, dialect.read);
    return 'answer' in asked ? asked.answer : failedBase(asked.failure);
  };
  return {
    decide: (input) => ask(dialect.body(input)),
    decideAccess: (question) => ask(dialect.accessBody(question)),
    health: () => guarded.health(),
  };
}
