/** The task of one agent, as Belay knows it: what the agent has read in it, and which of its calls wait for a person. */
import { sha256Hex } from '@/lib/ledger';
import type { OutcomeRequest } from '@/lib/contracts';
import type { BelayApi } from '../belay/api';
import type { Outbox } from './outbox';

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

export interface SessionParts {
  readonly api: Pick<BelayApi, 'openSession' | 'withdraw'>;
  readonly outbox: Outbox;
  readonly purpose: string | undefined;
}

export class AgentSession {
  readonly id: string;
  readonly agent: string;
  readonly waiting = new Map<string, WaitingCall>();
  /** The clients that have called in it. A session that is named may have several. */
  readonly clients = new Set<string>();
  /** How many calls are made in it now. */
  calls = 0;
  #opened: Promise<unknown> | undefined;

  constructor(
    private readonly parts: SessionParts,
    readonly facts: SessionFacts,
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
    const { request } = this.facts;
    if (request !== undefined) {
      const { id, agent } = this;
      const { api, purpose } = this.parts;
      this.#opened ??= api.openSession({ id, agent, request, purpose });
      await this.#opened.catch((error: unknown) => {
        this.#opened = undefined;
        throw error;
      });
    }
    await this.parts.outbox.settle(this.id);
  }

  /** Nothing is lost when it is forgotten: no call of it runs or waits, and Belay knows everything that was read. */
  get idle(): boolean {
    this.#forgetExpired();
    return this.calls === 0 && this.waiting.size === 0 && !this.parts.outbox.has(this.id);
  }

  /** Nobody can decide about them any more, and nobody came to ask. */
  #forgetExpired(): void {
    for (const [key, { approval, waiters }] of this.waiting)
      if (waiters === 0 && Date.parse(approval.expiresAt) <= Date.now()) this.waiting.delete(key);
  }

  /** Nobody will make these calls again: nobody need decide about them. */
  async abandon(): Promise<void> {
    const { api, outbox } = this.parts;
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    await Promise.allSettled([
      outbox.settle(this.id),
      ...waiting.map(({ decisionId }) => api.withdraw(decisionId, 'Its client has gone.')),
    ]);
  }

  /** Says what became of a call. The agent has its result meanwhile; its next call waits for this. */
  report(decisionId: string, outcome: OutcomeRequest): void {
    this.parts.outbox.report(this.id, decisionId, outcome);
  }
}
