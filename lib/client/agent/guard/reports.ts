/** Outcomes on their way to Belay: each is sent until it is taken, as long as the process lives and somebody waits for it. */
import type { AgentClient } from '../agent-client.js';
import { BelayError, worthAnotherTry } from '../belay-error.js';
import type { OutcomeReport } from '../wire.js';
import { pauseMs, sleep } from '../waiting.js';

/** More than these are not kept: the oldest is given up, and said so. */
const MOST_WAITING = 10_000;

interface Waiting {
  readonly decisionId: string;
  readonly outcome: OutcomeReport;
}

export class Reports {
  readonly #waiting = new Set<Waiting>();
  readonly #running = new Set<Promise<boolean>>();
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

  /** @returns whether Belay has it; when not, it is sent again in the background */
  send(decisionId: string, outcome: OutcomeReport): Promise<boolean> {
    const sending = this.#send({ decisionId, outcome });
    this.#running.add(sending);
    void sending.finally(() => this.#running.delete(sending));
    return sending;
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
      this.onLost(report.decisionId, error);
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
        this.#waiting.delete(first);
        if (error !== undefined) this.onLost(first.decisionId, error);
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
    this.onLost(oldest.decisionId, new Error('Too many outcomes wait to be reported.'));
  }
}
