/**
 * What an agent is written with: wraps the functions it calls, so that each call is decided before it runs and reported after.
 *
 * @example
 * const belay = new Belay({ url: 'http://localhost:3000', agentId, privateKey });
 * const session = await belay.session({ request: 'Refund order 4711' });
 * const refund = session.guard('refund.create', ({ order }: { order: string }) => shop.refund(order), {
 *   resource: ({ order }) => ({ type: 'order', id: order }),
 * });
 * const result = await refund({ order: '4711' });
 * if (result.state === 'ran') console.log(result.value);
 * else console.log(explain(result));
 * await belay.close();
 */
import { AgentClient, type AgentClientOptions } from './agent-client.js';
import { AttestedFetch, type AttestedOptions } from './attested-fetch.js';
import { BelayError } from './belay-error.js';
import { EvaluationBatches } from './evaluation-batches.js';
import {
  runGuarded,
  type ApprovalNotice,
  type Desk,
  type Guardable,
  type GuardedFunction,
  type GuardOptions,
} from './guard/guard.js';
import { Reports } from './guard/reports.js';
import { ReadCache } from './reads/read-cache.js';
import { Session } from './session.js';
import type { SessionRequest } from './wire.js';

export interface BelayOptions extends AgentClientOptions {
  /** How often a call to Belay is sent again when nothing answers; 4 unless given. */
  readonly retries?: number;
  /** How long a question waits for others to go out with, in milliseconds; 0, the same turn of the event loop, unless given. */
  readonly batchMs?: number;
  /**
   * Runs reads that Belay marked so on an earlier answer, for the seconds it names, while the stream of events is open and says
   * nothing else. Off unless given.
   */
  readonly cacheReads?: boolean;
  /** Told when a call begins to wait for a person. */
  readonly onApproval?: (notice: ApprovalNotice) => void;
  /** Told of an outcome that Belay will not take, or that was given up. */
  readonly onUnreported?: (decisionId: string, error: unknown) => void;
}

const closed = () => new BelayError(0, 'closed', 'This client is closed.');

const RETRIES = 4;
const CLOSE_MS = 10_000;

export class Belay {
  /** The single calls, for those who want the steps themselves. */
  readonly client: AgentClient;
  readonly #desk: Desk;
  readonly #running = new Map<AbortController, Promise<unknown>>();
  #closed = false;
  readonly #attested: AttestedFetch;

  constructor(private readonly options: BelayOptions) {
    const { retries = RETRIES, batchMs = 0, cacheReads = false, onUnreported } = options;
    this.client = new AgentClient({ ...options, retries });
    const reports = new Reports(this.client, retries, onUnreported ?? (() => undefined));
    this.#attested = new AttestedFetch(this.client, options.privateKey, options.fetch);
    const shared = {
      client: this.client,
      batches: new EvaluationBatches(this.client, batchMs),
      reports,
    };
    const reads = cacheReads ? new ReadCache(shared) : undefined;
    this.#desk = { ...shared, reads, track: (signal, work) => this.#track(signal, work) };
  }

  /**
   * The function, guarded: a call of it runs when Belay lets exactly this call run, and not otherwise. Its arguments are one JSON
   * object; functions of another form are wrapped first.
   *
   * @param tool as the tool catalogue names it
   */
  guard<Args, Value>(
    tool: string,
    fn: Guardable<Args, Value>,
    options: GuardOptions<Args, Value> = {},
  ): GuardedFunction<Args, Value> {
    return this.#guard(tool, fn, options, undefined);
  }

  /** Opens a session: the functions guarded with it share the trusted request and what was read on the way. */
  async session(request: SessionRequest, signal?: AbortSignal): Promise<Session> {
    const opened = await this.client.openSession(
      { ...request, id: request.id ?? crypto.randomUUID() },
      signal,
    );
    return new Session(opened.id, (tool, fn, options) => this.#guard(tool, fn, options, opened.id));
  }

  /** `fetch` for services that ask who calls: each request carries an attestation and a proof that it is this agent's. */
  attestedFetch(options: AttestedOptions): typeof fetch {
    return this.#attested.for(options);
  }

  /** Waits until the outcomes of all that ran are with Belay. @throws the reason of the signal */
  async flush(signal?: AbortSignal): Promise<void> {
    await this.#desk.reads?.settle(undefined, signal);
    await this.#desk.reports.flush(signal);
  }

  /**
   * Ends the client: calls that wait for an answer or a person end without running, those that run go on to their end, outcomes
   * are sent. Safe to call twice.
   *
   * @returns the decisions whose outcome Belay did not take in `timeoutMs` (10 s unless given)
   */
  async close({ timeoutMs = CLOSE_MS }: { readonly timeoutMs?: number } = {}): Promise<string[]> {
    this.#closed = true;
    for (const ending of this.#running.keys()) ending.abort(closed());
    await Promise.allSettled(this.#running.values());
    await this.flush(AbortSignal.timeout(timeoutMs)).catch(() => undefined);
    this.#desk.reads?.close();
    return this.#desk.reports.end();
  }

  #guard<Args, Value>(
    tool: string,
    fn: Guardable<Args, Value>,
    options: GuardOptions<Args, Value>,
    session: string | undefined,
  ): GuardedFunction<Args, Value> {
    const onApproval = options.onApproval ?? this.options.onApproval;
    const guard = { ...options, onApproval, tool, fn, session };
    return (args, runOptions = {}) => runGuarded(this.#desk, guard, args, runOptions);
  }

  async #track<Result>(
    signal: AbortSignal | undefined,
    work: (end: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    if (this.#closed) throw closed();
    signal?.throwIfAborted();
    const ending = new AbortController();
    const end = signal === undefined ? ending.signal : AbortSignal.any([signal, ending.signal]);
    const running = work(end);
    this.#running.set(ending, running);
    try {
      return await running;
    } finally {
      this.#running.delete(ending);
    }
  }
}
