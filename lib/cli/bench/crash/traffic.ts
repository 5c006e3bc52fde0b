/** Agents that ask, get a verdict and redeem without pause, and remember every answer they were given. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type ConsoleApi } from '@/lib/cli/replay/console-api';
import type { AgentClient } from '@/lib/client/agent/index';
import { Acknowledged } from './acknowledged';

/** How long an agent waits after a call that got no answer. */
const RETRY_MS = 20;

export class Traffic {
  readonly acknowledged = new Acknowledged();
  unanswered = 0;
  #running = true;
  readonly #loops: Promise<void>[];

  /** @param key of a reviewer; a write needs a verdict, as the agents stand on rung 3 */
  constructor(
    agents: readonly AgentClient[],
    private readonly reviewer: ConsoleApi,
  ) {
    this.#loops = agents.map((agent) => this.#run(agent));
  }

  async stop(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#loops);
  }

  async #run(agent: AgentClient): Promise<void> {
    for (let turn = 0; this.#running; turn += 1) {
      try {
        await (turn % 4 === 0 ? this.#write(agent, turn) : this.#ask(agent, 'crash.read', turn));
      } catch {
        this.unanswered += 1;
        await sleep(RETRY_MS);
      }
    }
  }

  async #write(agent: AgentClient, turn: number): Promise<void> {
    const { asked, context } = await this.#ask(agent, 'crash.write', turn);
    if (context.approval === undefined) throw new Error(`a write was answered ${context.outcome}`);
    const { id, digest } = await this.reviewer.approval(context.approval.id);
    await this.reviewer.approve(id, digest);
    this.acknowledged.note('approved', id);
    await agent.redeem(context.id, asked);
    this.acknowledged.note('redeemed', context.id);
  }

  async #ask(agent: AgentClient, tool: string, turn: number) {
    const asked = {
      action: { name: tool, properties: { arguments: { turn } } },
      resource: { type: 'record', id: String(turn) },
    };
    const { context } = await agent.evaluate(asked);
    this.acknowledged.note('decided', context.id);
    return { asked, context };
  }
}
