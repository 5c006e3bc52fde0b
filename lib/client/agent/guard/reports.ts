/** Outcomes on their way to Belay: each is sent until it is taken, as long as the process lives and somebody waits for it. */
import type { AgentClient } from '../agent-client.js';
import { BelayError, worthAnotherTry } from '../belay-error.js';
import type { OutcomeReport } from '../wire.js';
import { abortable, pauseMs, sleep } from '../waiting.js';

/** More than these are not kept: the oldest is given up, and said so. */
const MOST_WAITING = 10_000;

interface Waiting {
  readonly decisionId: string;
  readonly outcome: OutcomeReport;
  readonly session: string | undefined;
}

export class Reports {
  readonly #waiting = new Set<Waiting>();
  readonly #running = new Set<Promise<boolean>>();
  /** Sessions in which something was read that Belay will never know of. */
  readonly #untold = new Set<string>();
  #again: Promise<void> | undefined;
  #ended = new AbortController();

  constructor(
    private readonly client: AgentClient,
    private readonly retries: number,
    private readonly onLost: (decisionId: string, error: unknown) => void,
  ) {}

  /** Outcomes that Belay does not have yet. */
  get pending(): number {
    return this.#waiting.size + this.#running.size;
  }

  /**
   * @param session whose later calls are judged by it
   * @returns whether Belay has it; when not, it is sent again in the background
   */
  send(decisionId: string, outcome: OutcomeReport, session: string | undefined): Promise<boolean> {
    const sending = this.#send({ decisionId, outcome, session });
    this.#running.add(sending);
    void sending.finally(() => this.#running.delete(sending));
    return sending;
  }

  /**
   * Sends what Belay does not have yet of a session: the next call of it is judged by what was read before.
   *
   * @throws BelayError when Belay does not take it now, or never will; the reason of the signal
   */
  async settle(session: string | undefined, signal: AbortSignal): Promise<void> {
    if (session === undefined) return;
    for (const report of [...this.#waiting].filter((waiting) => waiting.session === session)) {
      const error = await abortable(this.#try(report, this.retries + 1), signal);
      if (error instanceof BelayError && worthAnotherTry(error)) throw error;
      if (this.#waiting.delete(report) && error !== undefined) this.#lose(report, error);
    }
    if (this.#untold.has(session))
      throw new BelayError(
        0,
        'session_untold',
        'Belay cannot be told what was read in this session, and judges nothing more in it. Open another session.',
      );
  }

  /** Belay will never know of something that was read in this session: no later call of it can be judged. */
  endSession(session: string | undefined): void {
    if (session !== undefined) this.#untold.add(session);
  }

  /** Waits until every outcome was taken or refused. @throws the reason of the signal */
  async flush(signal?: AbortSignal): Promise<void> {
    while (this.pending > 0) {
      await Promise.all(this.#running);
      signal?.throwIfAborted();
      if (this.#waiting.size > 0) await sleep(10, signal);
    }
  }

  /** Gives up what Belay did not take so far. @returns the decisions whose outcome it does not have */
  end(): string[] {
    this.#ended.abort(new Error('closed'));
    const lost = [...this.#waiting].map(({ decisionId }) => decisionId);
    this.#waiting.clear();
    return lost;
  }

  async #send(report: Waiting): Promise<boolean> {
    const error = await this.#try(report, this.retries + 1);
    if (error === undefined) return true;
    if (!worthAnotherTry(error)) {
      this.#lose(report, error);
      return false;
    }
    this.#waiting.add(report);
    if (this.#waiting.size > MOST_WAITING) this.#dropOldest();
    this.#again ??= this.#sendAgain().finally(() => {
      this.#again = undefined;
    });
    return false;
  }

  /** One after the other, with a pause after each that Belay did not answer. */
  async #sendAgain(): Promise<void> {
    const { signal } = this.#ended;
    for (let failures = 1; this.#waiting.size > 0 && !signal.aborted;) {
      await sleep(pauseMs(failures, Math.random(), undefined) ?? 0, signal).catch(() => undefined);
      const [first] = this.#waiting;
      if (first === undefined || signal.aborted) return;
      const error = await this.#try(first, 1);
      if (error !== undefined && worthAnotherTry(error)) failures += 1;
      else {
        failures = 1;
        if (this.#waiting.delete(first) && error !== undefined) this.#lose(first, error);
      }
    }
  }

  /** @returns the last error, or undefined when Belay has it, from this try or from one whose answer was lost */
  async #try({ decisionId, outcome }: Waiting, tries: number): Promise<unknown> {
    let last: unknown;
    for (let tried = 1; tried <= tries; tried += 1) {
      try {
        await this.client.reportOutcome(decisionId, outcome);
        return undefined;
      } catch (error) {
        if (error instanceof BelayError && error.code === 'already_reported') return undefined;
        last = error;
        if (!worthAnotherTry(error) || tried === tries) break;
        const asked = error instanceof BelayError ? error.more.retryAfterMs : undefined;
        const pause = pauseMs(tried, Math.random(), asked);
        if (pause === undefined) break;
        await sleep(pause);
      }
    }
    return last;
  }

  #dropOldest(): void {
    const [oldest] = this.#waiting;
    if (oldest === undefined) return;
    this.#waiting.delete(oldest);
    this.#lose(oldest, new Error('Too many outcomes wait to be reported.'));
  }

  #lose({ decisionId, session }: Waiting, error: unknown): void {
    this.endSession(session);
    this.onLost(decisionId, error);
  }
}
