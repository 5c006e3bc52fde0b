/** The few console calls of a replay: register, vouch, decide. With an API key, over the public HTTP API. */
import type { AgentInput, Approval, RejectReason, ToolInput } from '@/lib/contracts';
import { apiErrorOf, noAnswer } from '@/lib/client/api-error';

const DAY_MS = 86_400_000;

export class ConsoleApi {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  putTool = (tool: ToolInput) => this.#call('POST', '/api/v1/tools', tool);

  async registerAgent(input: AgentInput): Promise<string> {
    const { id } = (await this.#call('POST', '/api/v1/agents', input)) as { id: string };
    return id;
  }

  /** Vouches for an agent for a day, so that it stands on a rung it has not earned. */
  pinRung = (agentId: string, rung: number) =>
    this.#call('POST', `/api/v1/agents/${agentId}/overrides`, {
      rung,
      until: new Date(Date.now() + DAY_MS).toISOString(),
      reason: 'Replay of recorded sessions',
    });

  approval = (id: string) => this.#call('GET', `/api/v1/approvals/${id}`) as Promise<Approval>;
  approve = (id: string, digest: string) =>
    this.#call('POST', `/api/v1/approvals/${id}/approve`, { digest });
  reject = (id: string, reason: RejectReason) =>
    this.#call('POST', `/api/v1/approvals/${id}/reject`, { reason });

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    }).catch(() => {
      throw noAnswer();
    });
    if (!response.ok) throw await apiErrorOf(response);
    return response.status === 204 ? undefined : response.json();
  }
}
