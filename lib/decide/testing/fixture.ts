/** A workspace, a tool catalogue and agents for tests of the decision path, written straight into the database. */
import type { Pact } from '@/lib/contracts';
import { newId, sql, withTransaction } from '@/lib/db';
import { createVerifier, GENESIS_HEAD } from '@/lib/ledger';
import { DEFAULT_POLICY_TEXT } from '@/lib/policy';
import { defaultLadder, emptyState } from '@/lib/trust';
import { decideBatch, type Decided } from '../decide-batch';
import type { Proposal } from '../facts';

export const NOW = Date.parse('2026-11-20T12:00:00.000Z');

export async function makeWorkspace(): Promise<string> {
  const id = newId();
  const values = [id, new Date(NOW)] as const;
  await sql(
    `INSERT INTO workspaces (id, slug, name, kind, created_at) VALUES ($1, $3, 'Test', 'own', $2)`,
    [...values, `t-${id}`],
  );
  await sql('INSERT INTO workspace_epochs (workspace_id) VALUES ($1)', [id]);
  await sql(
    `INSERT INTO ladders (workspace_id, version, body, reason, created_by, created_by_name, created_at)
     VALUES ($1, 1, $3::jsonb, 'test', 'test', 'Test', $2)`,
    [...values, JSON.stringify(defaultLadder)],
  );
  await sql(
    `INSERT INTO policies (workspace_id, version, text, reason, created_by, created_by_name, created_at)
     VALUES ($1, 1, $3, 'test', 'test', 'Test', $2)`,
    [...values, DEFAULT_POLICY_TEXT],
  );
  await sql('INSERT INTO ledger_heads (workspace_id, seq, hash) VALUES ($1, $2, $3)', [
    id,
    GENESIS_HEAD.seq,
    GENESIS_HEAD.hash,
  ]);
  return id;
}

export async function makeTool(
  workspaceId: string,
  name: string,
  facts: { write?: boolean; risk?: string; dataClass?: string } = {},
) {
  await sql(
    `INSERT INTO tools (workspace_id, name, side_effect, reversible, egress, data_class, risk, updated_by, updated_at)
     VALUES ($1, $2, $3, true, false, $4, $5, 'test', $6)`,
    [
      workspaceId,
      name,
      facts.write === true ? 'write' : 'none',
      facts.dataClass ?? 'internal',
      facts.risk ?? 'low',
      new Date(NOW),
    ],
  );
}

/** @param rung pinned by an override, as a manager would vouch for the agent */
export async function makeAgent(
  workspaceId: string,
  options: { rung?: number; pact?: Pact } = {},
): Promise<string> {
  const id = newId();
  const at = new Date(NOW);
  await sql(
    `INSERT INTO agents (workspace_id, id, name, version, owner, purpose, created_by, created_at)
     VALUES ($1, $2, 'Tester', '1', 'owner@example.com', 'testing', 'test', $3)`,
    [workspaceId, id, at],
  );
  await sql(
    `INSERT INTO pacts (workspace_id, agent_id, version, body, created_by, created_at) VALUES ($1, $2, 1, $3::jsonb, 'test', $4)`,
    [workspaceId, id, JSON.stringify(options.pact ?? { tools: ['*'] }), at],
  );
  await sql(
    `INSERT INTO trust_states (workspace_id, agent_id, state, score, rung, layers, updated_at) VALUES ($1, $2, $3::jsonb, 0, 1, '{}', $4)`,
    [workspaceId, id, JSON.stringify(emptyState(NOW)), at],
  );
  if (options.rung !== undefined) {
    await sql(
      `INSERT INTO rung_overrides (workspace_id, id, agent_id, rung, reason, created_by, created_by_name, created_at, until)
       VALUES ($1, $2, $3, $4, 'test', 'test', 'Test', $5, $5::timestamptz + interval '20 days')`,
      [workspaceId, newId(), id, options.rung, at],
    );
  }
  return id;
}

export function proposal(agentId: string, tool: string, changes: Partial<Proposal> = {}): Proposal {
  return {
    requestId: 'test',
    agentId,
    actor: `agent:${agentId}`,
    tool,
    arguments: { to: 'anna', amount: 12 },
    resource: { type: 'account', id: 'a-1' },
    sessionId: undefined,
    endUser: undefined,
    ...changes,
  };
}

/** Decides in one transaction; fails the test when the action was refused instead of decided. */
export async function decideOne(workspaceId: string, asked: Proposal, now = NOW): Promise<Decided> {
  const [result] = await withTransaction((run) => decideBatch(run, workspaceId, [asked], now));
  if (result === undefined || result instanceof Error) throw result ?? new Error('no result');
  return result;
}

export async function verifyChain(workspaceId: string) {
  const [head] = await sql<{ seq: number; hash: string }>(
    'SELECT seq, hash FROM ledger_heads WHERE workspace_id = $1',
    [workspaceId],
  );
  const rows = await sql<{
    seq: number;
    prev_hash: string;
    hash: string;
    bytes: Buffer;
    kind: string;
    actor: string;
    subject: string;
    at: Date;
  }>(
    'SELECT seq, prev_hash, hash, bytes, kind, actor, subject, at FROM ledger_entries WHERE workspace_id = $1 ORDER BY seq',
    [workspaceId],
  );
  const verifier = createVerifier({ workspaceId });
  for (const { prev_hash: prevHash, at, ...row } of rows)
    verifier.add({ ...row, workspaceId, prevHash, at: at.toISOString() });
  return verifier.finish({ seq: Number(head?.seq), hash: String(head?.hash) });
}
