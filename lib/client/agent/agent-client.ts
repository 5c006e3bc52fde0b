/**
 * The calls of one agent, one method a call. `Belay` (belay.ts) does them in the right order around a function; this is for those
 * who want the steps themselves.
 *
 * @example
 * const agent = new AgentClient({ url: 'http://localhost:3000', agentId, privateKey });
 * const { id } = await agent.openSession({ request: 'Refund order 4711' });
 * const action = { name: 'refund.create', properties: { arguments: { order: '4711' } } };
 * const resource = { type: 'order', id: '4711' };
 * const { context } = await agent.evaluate({ action, resource, context: { session: id } });
 * const { state } = await agent.wait(context.id, 25);
 * if (state === 'approved') await agent.redeem(context.id, { action, resource });
 */
import { Transport, type TransportOptions } from './transport.js';
import type {
  AgentAction,
  AgentResource,
  Attestation,
  DecisionStatus,
  Evaluation,
  EvaluationContext,
  EvaluationResponse,
  OutcomeReport,
  OutcomeResponse,
  RedeemResponse,
  SessionRequest,
  SessionResponse,
  SignalEvent,
  SignalsResponse,
} from './wire.js';

export type AgentClientOptions = TransportOptions;

/** What every call can be told. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Sent again with the same key, a call happens once and is answered alike. */
  readonly idempotencyKey?: string | undefined;
}

export interface AttestationRequest {
  /** Who will read it: the address of the service that is called. */
  readonly audience?: string;
  /** Tools of the agent's pact that the service should know of. */
  readonly scope?: readonly string[];
  /** Thumbprint (RFC 7638) of the agent's key that will prove who presents it. */
  readonly jkt?: string;
}

export class AgentClient {
  readonly agentId: string;
  /** For requests that have no method here. */
  readonly transport: Transport;

  constructor(options: AgentClientOptions) {
    this.agentId = options.agentId;
    this.transport = new Transport(options);
  }

  /** Announces a task and the text the agent may trust in it. */
  openSession(session: SessionRequest, signal?: AbortSignal) {
    const body = { ...session, agent: this.agentId };
    // With an id of the caller's, the same session opened again is the same session.
    const repeatable = session.id !== undefined;
    return this.#call<SessionResponse>('/api/v1/sessions', { body, signal, repeatable });
  }

  /** Asks whether an action may run. A deny is an answer, not an error. */
  evaluate(request: Evaluation, options?: AbortSignal | CallOptions) {
    const body = { subject: this.#subject, ...request };
    return this.#call<EvaluationResponse>('/access/v1/evaluation', { body, ...callOf(options) });
  }

  /**
   * Asks about several actions at once (100 at most); members beside `evaluations` are defaults for each. With an
   * `idempotencyKey` the action at index `i` is asked with the key `<key>.<i>`.
   */
  evaluateAll(
    request: {
      readonly evaluations: readonly Partial<Evaluation>[];
      readonly action?: AgentAction;
      readonly resource?: AgentResource;
      readonly context?: EvaluationContext;
      readonly options?: {
        readonly evaluations_semantic?:
          'execute_all' | 'deny_on_first_deny' | 'permit_on_first_permit';
      };
    },
    options?: AbortSignal | CallOptions,
  ) {
    const body = { subject: this.#subject, ...request };
    return this.#call<{ evaluations: EvaluationResponse[] }>('/access/v1/evaluations', {
      body,
      ...callOf(options),
    });
  }

  /** Where a decision stands, after at most `seconds` (0 to 60) of waiting for it to settle. */
  wait(decisionId: string, seconds = 0, signal?: AbortSignal) {
    return this.#call<DecisionStatus>(`${pathOf(decisionId)}?wait=${seconds}`, {
      method: 'GET',
      repeatable: true,
      signal,
      timeoutMs: this.transport.timeoutMs + seconds * 1000,
    });
  }

  /** Spends the permit, just before the action runs, with the action exactly as evaluated (or as a reviewer changed it). */
  redeem(
    decisionId: string,
    action: { action: AgentAction; resource: AgentResource },
    options?: AbortSignal | CallOptions,
  ) {
    return this.#call<RedeemResponse>(`${pathOf(decisionId)}/redeem`, {
      body: action,
      ...callOf(options),
    });
  }

  /** Answers the question that stands in a decision which waits for a person. */
  answer(decisionId: string, body: string, signal?: AbortSignal) {
    return this.#call<{ id: string; answered: true }>(`${pathOf(decisionId)}/answer`, {
      body: { body },
      signal,
    });
  }

  /** Says what became of an action, with what the tool returned. */
  reportOutcome(decisionId: string, outcome: OutcomeReport, signal?: AbortSignal) {
    return this.#call<OutcomeResponse>(`${pathOf(decisionId)}/outcome`, { body: outcome, signal });
  }

  /** Evidence the agent gives about itself: it can cost trust, and never lifts it. An event counts once, by its id and source. */
  recordSignals(events: readonly SignalEvent[], signal?: AbortSignal) {
    const call = { body: events, signal, repeatable: true };
    return this.#call<SignalsResponse>('/api/v1/signals', call);
  }

  /** What Belay says of this agent, signed, for a service that wants to know whom it deals with. */
  attestation({ audience, scope, jkt }: AttestationRequest = {}, signal?: AbortSignal) {
    const query = new URLSearchParams({
      ...(audience === undefined ? {} : { audience }),
      ...(scope === undefined ? {} : { scope: scope.join(' ') }),
      ...(jkt === undefined ? {} : { jkt }),
    });
    return this.#call<Attestation>(`/api/v1/agents/${this.agentId}/attestation?${query}`, {
      method: 'GET',
      repeatable: true,
      signal,
    });
  }

  get #subject() {
    return { type: 'agent', id: this.agentId };
  }

  #call<Answer>(path: string, call: Parameters<Transport['call']>[1]): Promise<Answer> {
    return this.transport.call<Answer>(path, call);
  }
}

const pathOf = (decisionId: string) => `/api/v1/decisions/${encodeURIComponent(decisionId)}`;

function callOf(options: AbortSignal | CallOptions | undefined): CallOptions {
  return options instanceof AbortSignal ? { signal: options } : (options ?? {});
}
