/** What became of calls, on its way to Belay: kept until Belay has it, by the session that was read in. */
import { ApiError } from '@/lib/client/api-error';
import type { OutcomeRequest } from '@/lib/contracts';
import type { BelayApi } from '../belay/api';
import { Journal } from './journal';
import type { Unsent } from './journal-lines';

const TRIES = 4;
const RETRY_MS = 250;
/** Refusals that may pass: a key that is put right, a pause that is over. Every other one of Belay's is the same for ever. */
const MAY_PASS: ReadonlySet<number> = new Set([401, 408, 425, 429]);

export interface OutboxOptions {
  /** Where outcomes outlive this process; nowhere when undefined. */
  readonly folder: string | undefined;
  readonly onTrouble: (sentence: string) => void;
  /** Before the second try, in milliseconds; twice that before the third, and so on. */
  readonly retryMs?: number;
}

export class Outbox {
  /** In the order they happened. */
  readonly #unsent = new Map<string, Unsent[]>();
  readonly #sending = new Map<string, Promise<void>>();
  readonly #journal: Journal | undefined;
  readonly #onTrouble: (sentence: string) => void;
  readonly #retryMs: number;

  /** @throws Error with a sentence when the folder cannot be written to */
  constructor(
    private readonly api: Pick<BelayApi, 'reportOutcome'>,
    { folder, onTrouble, retryMs = RETRY_MS }: OutboxOptions,
  ) {
    const onFound = (left: readonly Unsent[]) => {
      left.forEach((unsent) => this.#keep(unsent));
      const sessions = new Set(left.map(({ session }) => session));
      queueMicrotask(() => sessions.forEach((session) => void this.#deliver(session)));
    };
    this.#onTrouble = onTrouble;
    this.#retryMs = retryMs;
    if (folder !== undefined) this.#journal = new Journal(folder, { onFound, onTrouble });
  }

  /** Says what became of a call. Its agent has the result meanwhile; the next call of the session waits for this. */
  report(session: string, decisionId: string, outcome: OutcomeRequest): void {
    const unsent = { session, decisionId, outcome };
    this.#journal?.add(unsent);
    this.#keep(unsent);
    void this.#deliver(session);
  }

  /** Whether Belay does not know everything that was read in a session. */
  has(session: string): boolean {
    return this.#unsent.has(session);
  }

  /**
   * Belay knows everything that was read in a session, but for what it will never take.
   *
   * @throws what Belay cannot take yet
   */
  async settle(session: string): Promise<void> {
    await this.#sending.get(session)?.catch(() => undefined);
    await this.#send(session, 1);
  }

  /** Tries again what could not be sent, one session after the other. */
  async again(): Promise<void> {
    for (const session of [...this.#unsent.keys()])
      await this.settle(session).catch(() => undefined);
  }

  close(): void {
    this.#journal?.close();
  }

  /** What came too late for a sending that was under way gets one of its own. */
  async #deliver(session: string): Promise<void> {
    for (let running = this.#sending.get(session); running !== undefined;) {
      await running.catch(() => undefined);
      running = this.#sending.get(session);
    }
    if (this.has(session)) await this.#send(session, TRIES).catch(() => undefined);
  }

  #keep(unsent: Unsent): void {
    const known = this.#unsent.get(unsent.session);
    if (known === undefined) this.#unsent.set(unsent.session, [unsent]);
    else if (known.every(({ decisionId }) => decisionId !== unsent.decisionId)) known.push(unsent);
  }

  #send(session: string, tries: number): Promise<void> {
    const running = this.#sending.get(session);
    if (running !== undefined) return running;
    const sending = this.#all(session, tries).finally(() => this.#sending.delete(session));
    this.#sending.set(session, sending);
    return sending;
  }

  async #all(session: string, tries: number): Promise<void> {
    const unsent = this.#unsent.get(session) ?? [];
    for (let first = unsent[0]; first !== undefined; first = unsent[0]) {
      await this.#one(first, tries);
      unsent.shift();
      this.#journal?.done(first.decisionId);
    }
    this.#unsent.delete(session);
  }

  async #one(unsent: Unsent, tries: number): Promise<void> {
    for (let tried = 1; ; tried += 1) {
      try {
        return await this.#try(unsent);
      } catch (error) {
        if (tried === tries) throw error;
        await new Promise((resolve) => setTimeout(resolve, this.#retryMs * tried));
      }
    }
  }

  async #try(unsent: Unsent): Promise<void> {
    try {
      await this.api.reportOutcome(unsent.decisionId, unsent.outcome);
    } catch (error) {
      if (!isFinal(error)) throw error;
      // An earlier try has arrived, whose answer was lost.
      if (error.code !== 'already_reported') this.#onTrouble(givenUp(unsent, error));
    }
  }
}

/**
 * Whether Belay itself has refused, and will again. What somebody between the two refuses is never final: they may do so for the
 * words of a tool, and those must not be hidden from provenance by that.
 */
function isFinal(error: unknown): error is ApiError {
  if (!(error instanceof ApiError) || error.code === `http_${error.status}`) return false;
  return error.status >= 400 && error.status < 500 && !MAY_PASS.has(error.status);
}

/** For the operator: nothing of what the tool was given or has answered. */
const givenUp = ({ session, decisionId, outcome }: Unsent, { status, code }: ApiError): string =>
  `Belay refuses the outcome "${outcome.status}" of decision ${decisionId} in session ${session} for good: ${status} ${code}. ` +
  'It is given up, and the session goes on without it.';
