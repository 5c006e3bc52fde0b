/** Tests of the agents' client: a plane over real HTTP, an agent of rung 4 or 3 with a key of its own, and people who decide. */
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { Belay, type BelayOptions } from '@/lib/client/agent/index';
import type { Pact, PublicJwk, RejectReason } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { changeEnvironment } from '@/lib/env';
import { startPlane, type Plane } from '@/lib/http/plane/server';
import { approveAction } from '@/lib/services/approvals/approve';
import { rejectAction } from '@/lib/services/approvals/reject';
import { createOverride } from '@/lib/services/overrides/create';
import { makeAgent, nobody, type TestWorkspace } from '@/lib/services/testing/fixture';
import { DAY_MS, makeFleet, type Fleet } from './fleet';

/** One call as Belay has it. */
export interface Recorded {
  readonly tool: string;
  readonly outcome: string;
  readonly state: string;
  readonly status: string | null;
  readonly error: string | null;
  readonly session: string | null;
}

/** The plane of a test file. */
export async function raisePlane(): Promise<Plane & { readonly url: string }> {
  const plane = await startPlane(0);
  const url = `http://localhost:${plane.port}`;
  changeEnvironment({ BELAY_PLANE_URL: url });
  return { ...plane, url };
}

export class AgentStage {
  readonly #open: Belay[] = [];

  constructor(
    readonly url: string,
    readonly fleet: Fleet,
    readonly agentId: string,
    readonly privateKey: JWK,
  ) {}

  get workspace(): TestWorkspace {
    return this.fleet.workspace;
  }

  belay(options: Partial<BelayOptions> = {}): Belay {
    const { url, agentId, privateKey } = this;
    const belay = new Belay({ url, agentId, privateKey, ...options });
    this.#open.push(belay);
    return belay;
  }

  /** Ends every client of the test. */
  async end(): Promise<void> {
    await Promise.all(this.#open.map((belay) => belay.close({ timeoutMs: 0 })));
  }

  async recorded(): Promise<Recorded[]> {
    return sql<Recorded>(
      `SELECT tool, outcome, state, execution_status AS status, execution_error AS error, session_id AS session
       FROM decisions WHERE workspace_id = $1 AND agent_id = $2 ORDER BY id`,
      [this.workspace.id, this.agentId],
    );
  }

  /** A reviewer approves the call that waits, once it does. */
  async approve(edits?: Parameters<typeof approveAction>[2]['edits']): Promise<void> {
    const { id, digest } = await this.waiting();
    const verdict = { digest, ...(edits === undefined ? {} : { edits }) };
    await approveAction(this.workspace.as('reviewer'), id, verdict);
  }

  async reject(reason: RejectReason, comment: string): Promise<void> {
    const { id } = await this.waiting();
    await rejectAction(this.workspace.as('reviewer'), id, { reason, comment });
  }

  async waiting(): Promise<{ id: string; digest: string }> {
    for (;;) {
      const [row] = await sql<{ id: string; digest: string }>(
        `SELECT id, digest FROM approvals WHERE workspace_id = $1 AND agent_id = $2 AND state = 'pending'`,
        [this.workspace.id, this.agentId],
      );
      if (row !== undefined) return row;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

/** @param rung 4 acts alone within guardrails; on 3 a person approves what has an effect */
export async function setStage(
  url: string,
  { rung = 4, pact = { tools: ['*'] } }: { rung?: 3 | 4; pact?: Pact } = {},
): Promise<AgentStage> {
  const fleet = await makeFleet();
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const publicKey = (await exportJWK(pair.publicKey)) as PublicJwk;
  const { id } = await makeAgent(fleet.workspace, { name: `agent ${newId()}`, publicKey, pact });
  const until = new Date(Date.now() + DAY_MS).toISOString();
  await createOverride(nobody(fleet.workspace), id, { rung, until, reason: 'For a test' });
  return new AgentStage(url, fleet, id, await exportJWK(pair.privateKey));
}
