/** The demo reviewers at work: they decide most of what waits after some minutes, and leave some of it to the person who looks. */
import { sql, withTransaction } from '@/lib/db';
import { giveVerdict } from '@/lib/services/approvals/decide';
import { TOOLS } from '../catalogue';
import type { FleetAgent, Step } from '../fleet';
import { randomOf } from '../random';
import { isRefused, reviewerFor, verdictOf } from '../verdicts';
import type { World } from '../world';
import { actionsToDecide, type WaitingAction } from './queue';

const WEIGHTY = new Set(
  TOOLS.filter(({ risk }) => risk === 'high' || risk === 'critical').map(({ name }) => name),
);

interface Known extends WaitingAction {
  readonly agent: FleetAgent;
  readonly step: Step;
}

export class Reviewers {
  readonly #known = new Map<string, Known>();
  #pending = 0;

  constructor(
    private readonly world: Pick<World, 'workspaceId' | 'people'>,
    private readonly patienceMs: number,
  ) {}

  /** How many actions waited in the workspace when it was last looked at, or since became known. */
  get pending(): number {
    return this.#pending;
  }

  /** An agent says that its action waits. */
  expect(approvalId: string, agent: FleetAgent, step: Step): void {
    const { key: agentKey } = agent;
    const weighty = WEIGHTY.has(step.tool);
    const action = {
      approvalId,
      agentKey,
      tool: step.tool,
      weighty,
      since: Date.now(),
      agent,
      step,
    };
    this.#known.set(approvalId, action);
    this.#pending += 1;
  }

  /** One look at the queue. @param now milliseconds since the epoch */
  async round(now: number): Promise<void> {
    const rows = await sql<{ id: string; digest: string }>(
      `SELECT id, digest FROM approvals WHERE workspace_id = $1 AND state = 'pending' AND expires_at > $2`,
      [this.world.workspaceId, new Date(now)],
    );
    const digests = new Map(rows.map(({ id, digest }) => [id, digest]));
    for (const id of this.#known.keys()) if (!digests.has(id)) this.#known.delete(id);
    this.#pending = rows.length;
    const options = { pending: rows.length, now, patienceMs: this.patienceMs };
    for (const { approvalId } of actionsToDecide([...this.#known.values()], options)) {
      const known = this.#known.get(approvalId);
      if (known !== undefined) await this.#decide(known, digests.get(approvalId) ?? '', now);
    }
  }

  async #decide({ approvalId, agent, step }: Known, digest: string, now: number): Promise<void> {
    const actor = reviewerFor(this.world, agent, randomOf('live verdict', approvalId));
    try {
      await withTransaction((run) =>
        giveVerdict(run, { actor, now: new Date(now) }, approvalId, verdictOf(step, digest)),
      );
    } catch (error) {
      if (!isRefused(error)) throw error;
    }
    this.#known.delete(approvalId);
    this.#pending -= 1;
  }
}
