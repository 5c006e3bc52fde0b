/** Everything a gateway asks of Belay, with its API key. An error of it is never a yes. */
import type { z } from 'zod';
import type {
  actionSchema,
  DecisionStatus,
  EvaluationResponse,
  GatewayCaller,
  OutcomeRequest,
  resourceSchema,
  SecretOpening,
  StandingAnswer,
  ToolReport,
  ToolReportAnswer,
} from '@/lib/contracts';
import { answerOf, apiErrorOf, noAnswer } from '@/lib/client/api-error';

export interface AskedCall {
  readonly action: z.infer<typeof actionSchema>;
  readonly resource: z.infer<typeof resourceSchema>;
}

/** A call that runs or waits, as Belay is asked whether it is stopped. */
export interface OpenCall {
  readonly id: string;
  readonly agent: string;
  readonly tool: string;
}

interface Sent {
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  readonly credential?: string;
}

const TIMEOUT_MS = 10_000;

export class BelayApi {
  /**
   * @param options.url where Belay answers, without a trailing slash
   * @param options.key an API key of the role gateway
   */
  constructor(private readonly options: { readonly url: string; readonly key: string }) {}

  /** Whom a credential speaks for. @throws ApiError 401, 403 */
  whoCalls(credential: string = this.options.key): Promise<GatewayCaller> {
    return this.#call('/api/v1/gateway/caller', { method: 'GET', credential });
  }

  openSession(session: {
    id: string;
    agent: string;
    request: string;
    purpose?: string | undefined;
  }) {
    return this.#call<unknown>('/api/v1/sessions', { body: session });
  }

  /** @param redeem its permit is spent with the decision, where it is allowed: the call runs on the answer */
  evaluate(agent: string, session: string, call: AskedCall, redeem: boolean) {
    const context = { session, redeem };
    const body = { subject: { type: 'agent', id: agent }, ...call, context };
    return this.#call<EvaluationResponse>('/access/v1/evaluation', { body });
  }

  status(decisionId: string): Promise<DecisionStatus> {
    return this.#call(`/api/v1/decisions/${decisionId}`, { method: 'GET' });
  }

  /** Spends the permit, just before the call runs. @throws ApiError 409, 422 when it may not run any more */
  redeem(decisionId: string, call: AskedCall): Promise<unknown> {
    return this.#call(`/api/v1/decisions/${decisionId}/redeem`, { body: call });
  }

  reportOutcome(decisionId: string, outcome: OutcomeRequest): Promise<unknown> {
    return this.#call(`/api/v1/decisions/${decisionId}/outcome`, { body: outcome });
  }

  withdraw(decisionId: string, reason: string): Promise<unknown> {
    return this.#call(`/api/v1/decisions/${decisionId}/withdraw`, { body: { reason } });
  }

  reportTools(report: ToolReport): Promise<ToolReportAnswer> {
    return this.#call('/api/v1/gateway/tools', { body: report });
  }

  standing(calls: readonly OpenCall[]): Promise<StandingAnswer> {
    return this.#call('/api/v1/gateway/standing', { body: { calls } });
  }

  openSecrets(opening: SecretOpening): Promise<{ values: Record<string, string> }> {
    return this.#call('/api/v1/gateway-secrets/open', { body: opening });
  }

  /** The announcements of the workspace, as they happen. */
  events(signal: AbortSignal, lastEventId: string | undefined): Promise<Response> {
    return fetch(`${this.options.url}/api/v1/events`, {
      headers: {
        authorization: `Bearer ${this.options.key}`,
        accept: 'text/event-stream',
        ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      },
      signal,
    });
  }

  async #call<Answer>(path: string, { method = 'POST', body, credential }: Sent): Promise<Answer> {
    const response = await fetch(`${this.options.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${credential ?? this.options.key}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => {
      throw noAnswer();
    });
    if (!response.ok) throw await apiErrorOf(response);
    return answerOf<Answer>(response);
  }
}
