/** What a replay does while the server is away: it waits, and sends again what got no answer. */
import { setTimeout as sleep } from 'node:timers/promises';
import { BelayError } from '@/lib/client/agent/index';

/** Nobody answered, or only to say that the database cannot be reached. */
const AWAY = new Set(['no_answer', 'database_unavailable']);

export interface PatienceOptions {
  /** How long a call is sent again before its failure counts, in milliseconds; 0 for once only. */
  readonly limitMs: number;
  /** Between two tries. */
  readonly pauseMs?: number;
  /** Ends all waiting. */
  readonly stop?: AbortSignal | undefined;
}

const PAUSE_MS = 250;

/**
 * Sends calls until they are answered. Every call of a replay bears it: opening a session again is the same session, what
 * happens once says so to the second try, an agent whose registration nobody confirmed never asks, and a decision nobody heard
 * of permits nothing, so its agent asks anew. No call needs an Idempotency-Key for that. What nobody answered is never taken
 * for done.
 */
export class Patience {
  #unanswered = 0;

  constructor(private readonly options: PatienceOptions) {}

  /** Calls that got no answer at first and were sent again. */
  get unanswered(): number {
    return this.#unanswered;
  }

  /** @throws the failure that is an answer, or the last one when the limit is over */
  async answer<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
    const { limitMs, pauseMs = PAUSE_MS, stop } = this.options;
    const giveUpAt = performance.now() + limitMs;
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt();
      } catch (error) {
        const away = error instanceof BelayError && AWAY.has(error.code);
        if (!away || stop?.aborted === true || performance.now() >= giveUpAt) throw error;
        if (tries === 1) this.#unanswered += 1;
        await sleep(pauseMs);
      }
    }
  }

  /**
   * For what can happen only once: when a try got no answer and the next is refused because it has happened, it has.
   *
   * @param wasDone whether a refusal says so
   */
  async once(
    attempt: () => Promise<unknown>,
    wasDone: (refusal: BelayError) => boolean,
  ): Promise<void> {
    let tries = 0;
    await this.answer(async () => {
      tries += 1;
      try {
        await attempt();
      } catch (error) {
        if (tries === 1 || !(error instanceof BelayError) || !wasDone(error)) throw error;
      }
    });
  }
}
