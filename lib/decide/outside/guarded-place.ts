/** Something outside that is asked over HTTP, left alone while it keeps failing, and watched. */
import { admit, CLOSED, settle, type Breaker } from '@/lib/policy/base';
import { Latencies, type LatencySummary } from './latencies';
import { postJson, type OutsideFailure, type OutsidePlace } from './post-json';

/** What this process has seen of a place since its setting came into force. Times in milliseconds since the epoch. */
export interface OutsideHealth {
  /** `open`: it failed several times in a row and is not asked. `trying`: one question is out to see whether it is back. */
  readonly circuit: 'closed' | 'open' | 'trying';
  /** When an open circuit lets the next question through; null while it is closed. */
  readonly retryAt: number | null;
  readonly asked: number;
  readonly failed: number;
  readonly lastAnswerAt: number | null;
  /** `no_token`: it cannot be asked at all, since the token does not open with the secret of this installation. */
  readonly lastFailure: {
    readonly failure: OutsideFailure | 'no_token';
    readonly at: number;
  } | null;
  readonly latency: LatencySummary | null;
}

/** What a place nobody has asked looks like. */
export const UNASKED: OutsideHealth = {
  circuit: 'closed',
  retryAt: null,
  asked: 0,
  failed: 0,
  lastAnswerAt: null,
  lastFailure: null,
  latency: null,
};

/** What a place looks like whose token cannot be opened. @param at when that was found, in milliseconds since the epoch */
export const withoutToken = (at: number): OutsideHealth => ({
  ...UNASKED,
  lastFailure: { failure: 'no_token', at },
});

export type GuardedAnswer<Answer> =
  { readonly answer: Answer } | { readonly failure: OutsideFailure | 'circuit_open' };

/**
 * Only what tells that the place itself is in trouble opens the circuit: silence, no connection, 5xx and 429. A question it
 * refuses or answers with nonsense fails alone; otherwise one odd question could shut out all others.
 */
export class GuardedPlace {
  #breaker: Breaker = CLOSED;
  #asked = 0;
  #failed = 0;
  #lastAnswerAt: number | null = null;
  #lastFailure: OutsideHealth['lastFailure'] = null;
  readonly #latencies = new Latencies();

  /** @param clock milliseconds since the epoch */
  constructor(
    private readonly place: OutsidePlace,
    private readonly clock: () => number,
  ) {}

  /** Asks unless the circuit is open. Never throws. */
  async ask<Answer>(
    body: unknown,
    read: (json: unknown) => Answer | undefined,
  ): Promise<GuardedAnswer<Answer>> {
    const admitted = admit(this.#breaker, this.clock());
    this.#breaker = admitted.breaker;
    if (admitted.pass === 'refused') return { failure: 'circuit_open' };
    this.#asked += 1;
    const started = performance.now();
    const answered = await postJson(this.place, body, read);
    const now = this.clock();
    const alive = 'answer' in answered || !answered.counts;
    this.#breaker = settle(this.#breaker, admitted.pass, alive, now);
    if ('answer' in answered) {
      this.#lastAnswerAt = now;
      this.#latencies.add(performance.now() - started);
      return { answer: answered.answer };
    }
    this.#failed += 1;
    this.#lastFailure = { failure: answered.failure, at: now };
    return { failure: answered.failure };
  }

  /** When the circuit lets a question through: now, later, or not before the one that is out has ended (undefined). */
  nextChance(): number | undefined {
    const { breaker, pass } = admit(this.#breaker, this.clock());
    if (pass !== 'refused') return this.clock();
    return breaker.probing ? undefined : breaker.openUntil;
  }

  health(): OutsideHealth {
    const open = this.#breaker.openUntil > 0;
    return {
      circuit: this.#breaker.probing ? 'trying' : open ? 'open' : 'closed',
      retryAt: open ? this.#breaker.openUntil : null,
      asked: this.#asked,
      failed: this.#failed,
      lastAnswerAt: this.#lastAnswerAt,
      lastFailure: this.#lastFailure,
      latency: this.#latencies.summary() ?? null,
    };
  }
}
