/** The few console calls of a replay: register, vouch, decide. With an API key, over the public HTTP API. */
import type { AgentInput, Approval, RejectReason, ToolInput } from '@/lib/contracts';
import { answerOf, errorOf, noAnswer, type BelayError } from '@/lib/client/agent/belay-error';
import { Patience } from './patience';

const DAY_MS = 86_400_000;

export class ConsoleApi {
  constructor(
    private readonly url: string,
    private readonly key: string,
    private readonly patience = new Patience({ limitMs: 0 }),
  ) {}

  /** The first call of all, and never sent again: whoever mistyped the address hears of it at once. */
  putTool = (tool: ToolInput) => this.#call('POST', '/api/v1/tools', tool);

  /** Not sent again either: a registration nobody confirmed has used up its key pair. */
  async registerAgent(input: AgentInput): Promise<string> {
    const { id } = (await this.#call('POST', '/api/v1/agents', input)) as { id: string };
    return id;
  }

  /** Vouches for an agent for a day, so that it stands on a rung it has not earned. A second pin replaces the first. */
  pinRung = (agentId: string, rung: number) =>
    this.patience.answer(() =>
      this.#call('POST', `/api/v1/agents/${agentId}/overrides`, {
        rung,
        until: new Date(Date.now() + DAY_MS).toISOString(),
        reason: 'Replay of recorded sessions',
      }),
    );

  approval = (id: string) =>
    this.patience.answer(() => this.#call('GET', `/api/v1/approvals/${id}`)) as Promise<Approval>;
  approve = (id: string, digest: string, target?: string) =>
    this.#decide(id, 'approve', 'approved', { digest, target });
  reject = (id: string, reason: RejectReason) => this.#decide(id, 'reject', 'rejected', { reason });

  #decide(id: string, verb: string, outcome: 'approved' | 'rejected', body: unknown) {
    const decidedSo = ({ code, more: { facts } }: BelayError) =>
      code === 'already_decided' && facts?.['outcome'] === outcome;
    return this.patience.once(
      () => this.#call('POST', `/api/v1/approvals/${id}/${verb}`, body),
      decidedSo,
    );
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    }).catch(() => {
      throw noAnswer();
    });
    if (!response.ok) throw await errorOf(response);
    return response.status === 204 ? undefined : answerOf(response);
  }
}
