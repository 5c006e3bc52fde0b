/** The task of one agent, as Belay knows it: what the agent has read in it, and which of its calls wait for a person. */
import { sha256Hex } from '@/lib/ledger';
import { ApiError } from '@/lib/client/api-error';
import type { OutcomeRequest } from '@/lib/contracts';
import type { BelayApi } from '../belay/api';

const REPORT_TRIES = 4;
const REPORT_RETRY_MS = 250;

/** A call that waits for a person; the same call made again goes on waiting for the same verdict. */
export interface WaitingCall {
  readonly decisionId: string;
  readonly approval: { readonly id: string; readonly url: string; readonly expiresAt: string };
  /** How many requests wait for it now. */
  waiters: number;
}

export interface SessionFacts {
  readonly agent: string;
  /** What tells sessions of an agent apart: the session of its client, or what it names itself. */
  readonly client: string;
  /** The trusted text, where somebody gave it. */
  readonly request: string | undefined;
}

interface Report {
  readonly decisionId: string;
  readonly outcome: OutcomeRequest;
}

export type SessionApi = Pick<BelayApi, 'openSession' | 'reportOutcome' | 'withdraw'>;

export class AgentSession {
  readonly id: string;
  readonly agent: string;
  readonly waiting = new Map<string, WaitingCall>();
  usedAt = Date.now();
  #opened: Promise<unknown> | undefined;
  #reports: Promise<void> = Promise.resolve();
  #reporting = 0;
  /** Outcomes that Belay could not take so far. */
  readonly #unsent: Report[] = [];
  #resending: Promise<void> | undefined;

  constructor(
    private readonly api: SessionApi,
    readonly facts: SessionFacts,
    private readonly purpose: string | undefined,
  ) {
    this.agent = facts.agent;
    // The agent is part of it: whatever a client calls its session, it can name none of another agent.
    this.id = `mcp-${sha256Hex(JSON.stringify([facts.agent, facts.client, facts.request ?? null])).slice(0, 40)}`;
  }

  /**
   * The session is announced and everything read in it is known to Belay: only then may the next call be decided.
   *
   * @throws what Belay refused or could not take
   */
  async ready(): Promise<void> {
    this.usedAt = Date.now();
    const { request } = this.facts;
    if (request !== undefined) {
      const { id, agent } = this;
      this.#opened ??= this.api.openSession({ id, agent, request, purpose: this.purpose });
      await this.#opened.catch((error: unknown) => {
        this.#opened = undefined;
        throw error;
      });
    }
    await this.#reports;
    await this.#resend();
  }

  /** Nothing is lost when it is forgotten: no call of it waits, and Belay knows everything that was read. */
  get idle(): boolean {
    this.#forgetExpired();
    return this.waiting.size === 0 && this.#reporting === 0 && this.#unsent.length === 0;
  }

  /** Nobody can decide about them any more, and nobody came to ask. */
  #forgetExpired(): void {
    for (const [key, { approval, waiters }] of this.waiting)
      if (waiters === 0 && Date.parse(approval.expiresAt) <= Date.now()) this.waiting.delete(key);
  }

  /** Nobody will make these calls again: nobody need decide about them. */
  async abandon(): Promise<void> {
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    await Promise.allSettled([
      this.#reports.then(() => this.#resend()),
      ...waiting.map(({ decisionId }) => this.api.withdraw(decisionId, 'Its client has gone.')),
    ]);
  }

  /** Says what became of a call. The agent has its result meanwhile; its next call waits for this. */
  report(decisionId: string, outcome: OutcomeRequest): void {
    const before = this.#reports;
    this.#reporting += 1;
    this.#reports = (async () => {
      await before;
      await this.#send({ decisionId, outcome });
      this.#reporting -= 1;
    })();
  }

  async #send(report: Report): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#try(report);
      } catch {
        if (attempt < REPORT_TRIES)
          await new Promise((resolve) => setTimeout(resolve, REPORT_RETRY_MS * attempt));
        // Belay does not know what was read: no later call of this session can be judged until it does.
        else return void this.#unsent.push(report);
      }
    }
  }

  /** @throws what Belay still refuses or cannot take */
  #resend(): Promise<void> {
    const resend = async (): Promise<void> => {
      for (let first = this.#unsent[0]; first !== undefined; first = this.#unsent[0]) {
        await this.#try(first);
        this.#unsent.shift();
      }
    };
    return (this.#resending ??= resend().finally(() => (this.#resending = undefined)));
  }

  async #try({ decisionId, outcome }: Report): Promise<void> {
    try {
      await this.api.reportOutcome(decisionId, outcome);
    } catch (error) {
      // An earlier try has arrived, whose answer was lost.
      if (!(error instanceof ApiError) || error.code !== 'already_reported') throw error;
    }
  }
}
