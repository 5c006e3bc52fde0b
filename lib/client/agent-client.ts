/**
 * The client of one agent: proves its key, asks before it acts, waits for a person, spends the permit, reports what became of it.
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
import type { z } from 'zod';
import type {
  answerResponseSchema,
  actionSchema,
  CloudEvent,
  DecisionStatus,
  EvaluationRequest,
  EvaluationResponse,
  evaluationsRequestSchema,
  OutcomeRequest,
  outcomeResponseSchema,
  redeemResponseSchema,
  resourceSchema,
  SessionRequest,
  sessionResponseSchema,
  signalsResponseSchema,
} from '@/lib/contracts';
import { answerOf, ApiError, apiErrorOf, noAnswer } from './api-error';
import { AgentToken, type AgentCredential } from './agent-token';

export type AgentAction = z.infer<typeof actionSchema>;
export type AgentResource = z.infer<typeof resourceSchema>;

export interface AgentClientOptions extends AgentCredential {
  /** Where Belay answers, without a trailing slash. */
  readonly url: string;
  /** Milliseconds after which a call is given up; a wait gets its own time on top. */
  readonly timeoutMs?: number;
}

interface Call {
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 30_000;

export class AgentClient {
  readonly agentId: string;
  readonly #token: AgentToken;

  constructor(private readonly options: AgentClientOptions) {
    this.agentId = options.agentId;
    this.#token = new AgentToken(options);
  }

  /** Announces a task and the text the agent may trust in it. */
  openSession(session: Omit<SessionRequest, 'agent'>, signal?: AbortSignal) {
    const body = { ...session, agent: this.agentId };
    return this.#call<z.infer<typeof sessionResponseSchema>>('/api/v1/sessions', { body, signal });
  }

  /** Asks whether an action may run. A deny is an answer, not an error. */
  evaluate(request: Omit<EvaluationRequest, 'subject'>, signal?: AbortSignal) {
    const body = { subject: { type: 'agent', id: this.agentId }, ...request };
    return this.#call<EvaluationResponse>('/access/v1/evaluation', { body, signal });
  }

  /** Asks about several actions at once; with one top-level `context` they belong to one session. */
  evaluateAll(
    request: Omit<z.infer<typeof evaluationsRequestSchema>, 'subject'>,
    signal?: AbortSignal,
  ) {
    const body = { subject: { type: 'agent', id: this.agentId }, ...request };
    return this.#call<{ evaluations: EvaluationResponse[] }>('/access/v1/evaluations', {
      body,
      signal,
    });
  }

  /** Where a decision stands, after at most `seconds` (0 to 60) of waiting for it to settle. */
  wait(decisionId: string, seconds = 0, signal?: AbortSignal) {
    return this.#call<DecisionStatus>(`/api/v1/decisions/${decisionId}?wait=${seconds}`, {
      method: 'GET',
      signal,
      timeoutMs: this.#timeoutMs + seconds * 1000,
    });
  }

  /** Spends the permit, just before the action runs, with the action exactly as evaluated. */
  redeem(
    decisionId: string,
    action: { action: AgentAction; resource: AgentResource },
    signal?: AbortSignal,
  ) {
    return this.#call<z.infer<typeof redeemResponseSchema>>(
      `/api/v1/decisions/${decisionId}/redeem`,
      { body: action, signal },
    );
  }

  /** Answers the question that stands in a decision which waits for a person. */
  answer(decisionId: string, body: string, signal?: AbortSignal) {
    return this.#call<z.infer<typeof answerResponseSchema>>(
      `/api/v1/decisions/${decisionId}/answer`,
      { body: { body }, signal },
    );
  }

  /** Says what became of an action, with what the tool returned. */
  reportOutcome(decisionId: string, outcome: OutcomeRequest, signal?: AbortSignal) {
    return this.#call<z.infer<typeof outcomeResponseSchema>>(
      `/api/v1/decisions/${decisionId}/outcome`,
      { body: outcome, signal },
    );
  }

  /** Evidence the agent gives about itself: it can cost trust, and never lifts it. */
  recordSignals(events: readonly CloudEvent[], signal?: AbortSignal) {
    return this.#call<z.infer<typeof signalsResponseSchema>>('/api/v1/signals', {
      body: events,
      signal,
    });
  }

  get #timeoutMs(): number {
    return this.options.timeoutMs ?? TIMEOUT_MS;
  }

  /** One more try with a new token when the server no longer takes the old one. */
  async #call<Answer>(path: string, call: Call): Promise<Answer> {
    const first = await this.#send(path, call);
    if (first.status !== 401) return resultOf<Answer>(first);
    await first.body?.cancel();
    this.#token.forget();
    return resultOf<Answer>(await this.#send(path, call));
  }

  async #send(path: string, { method = 'POST', body, signal, timeoutMs }: Call): Promise<Response> {
    const token = await this.#token.current();
    const limit = AbortSignal.timeout(timeoutMs ?? this.#timeoutMs);
    try {
      return await fetch(`${this.options.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
    } catch (error) {
      if (signal?.aborted === true) throw error;
      throw noAnswer();
    }
  }
}

async function resultOf<Answer>(response: Response): Promise<Answer> {
  if (!response.ok) throw await apiErrorOf(response);
  return answerOf<Answer>(response);
}

/** Whether another try can help: no connection, a database that is away, too many calls. */
export function worthAnotherTry(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.status === 0 || error.status === 429 || error.status >= 500;
}
