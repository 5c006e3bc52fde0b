import { beforeEach, describe, expect, it } from 'vitest';
import { newId, sql, withTransaction } from '@/lib/db';
import { seizeEpochs } from './epoch-lock';
import { expireApprovals } from './expire-approvals';
import { deferVerdict } from './due-verdicts';
import { lockTrustStates } from './trust-states';
import { issuePermit, redeemPermit } from './permit-lifecycle';
import { reportOutcome } from './report-outcome';
import { untilSettled } from './decision-status';
import {
  decideOne,
  makeAgent,
  makeTool,
  makeWorkspace,
  NOW,
  proposal,
  verifyChain,
} from './testing/fixture';

let workspace: string;
let agent: string;
const asked = { to: 'anna', amount: 12 };

beforeEach(async () => {
  workspace = await makeWorkspace();
  await makeTool(workspace, 'write_note', { write: true });
  agent = await makeAgent(workspace, { rung: 4 });
});

const redeem = (decisionId: string, changes: Partial<Parameters<typeof redeemPermit>[0]> = {}) =>
  redeemPermit({
    workspaceId: workspace,
    agentId: agent,
    decisionId,
    actor: `agent:${agent}`,
    tool: 'write_note',
    arguments: asked,
    resource: { type: 'account', id: 'a-1' },
    now: NOW + 1000,
    ...changes,
  });

const code = async (work: Promise<unknown>) =>
  work.then(
    () => 'passed',
    (error: { code?: string }) => error.code,
  );

describe('redeeming a permit', () => {
  it('passes once of a hundred at the same time', async () => {
    const { id } = await decideOne(workspace, proposal(agent, 'write_note'));
    const codes = await Promise.all(Array.from({ length: 100 }, () => code(redeem(id))));
    expect(codes.filter((item) => item === 'passed')).toHaveLength(1);
    expect(codes.filter((item) => item === 'already_redeemed')).toHaveLength(99);
    expect(await verifyChain(workspace)).toMatchObject({ ok: true });
  });

  it('refuses one changed argument, tool or resource', async () => {
    const { id } = await decideOne(workspace, proposal(agent, 'write_note'));
    expect(await code(redeem(id, { arguments: { ...asked, amount: 13 } }))).toBe('action_differs');
    expect(await code(redeem(id, { tool: 'pay' }))).toBe('action_differs');
    expect(await code(redeem(id, { resource: { type: 'account', id: 'a-2' } }))).toBe(
      'action_differs',
    );
    expect(await code(redeem(id))).toBe('passed');
  });

  it('refuses the permit of another agent as if it were not there', async () => {
    const { id } = await decideOne(workspace, proposal(agent, 'write_note'));
    expect(await code(redeem(id, { agentId: await makeAgent(workspace) }))).toBe('not_found');
  });

  it('refuses when the clock, the policy, the rung or a switch says so', async () => {
    const { id } = await decideOne(workspace, proposal(agent, 'write_note'));
    expect(await code(redeem(id, { now: NOW + 3_600_000 }))).toBe('permit_expired');
    await sql('UPDATE rung_overrides SET ended_at = now() WHERE workspace_id = $1', [workspace]);
    expect(await code(redeem(id))).toBe('trust_fell');
    await sql(
      `INSERT INTO kill_switches (workspace_id, id, scope_type, mode, reason, set_by, set_by_name, set_at)
       VALUES ($1, $2, 'workspace', 'halt', 'fire drill', 'test', 'Test', now())`,
      [workspace, newId()],
    );
    await sql('UPDATE workspace_epochs SET kill_epoch = kill_epoch + 1 WHERE workspace_id = $1', [
      workspace,
    ]);
    expect(await code(redeem(id))).toBe('stopped');
  });

  it('judges the time behind the locks, when it had to wait for them', async () => {
    const { id } = await decideOne(workspace, proposal(agent, 'write_note'));
    await sql('UPDATE permits SET expires_at = $2 WHERE workspace_id = $1', [
      workspace,
      new Date(NOW + 1_100),
    ]);
    const redeemed = await withTransaction(async (change) => {
      await seizeEpochs(change, workspace);
      const waits = code(redeem(id));
      await new Promise((resolve) => setTimeout(resolve, 250));
      return () => waits;
    });
    expect(await redeemed()).toBe('permit_expired');
  });

  it('refuses the approval of somebody who may no longer decide', async () => {
    await sql('UPDATE rung_overrides SET rung = 3 WHERE workspace_id = $1', [workspace]);
    const { id, digest } = await decideOne(workspace, proposal(agent, 'write_note'));
    expect(await code(redeem(id))).toBe('not_permitted');
    const person = newId();
    await sql(`INSERT INTO people (id, email, name, created_at) VALUES ($1, $2, 'Rita', now())`, [
      person,
      `${person}@example.com`,
    ]);
    await sql(
      `INSERT INTO memberships (workspace_id, person_id, role, created_at) VALUES ($1, $2, 'reviewer', now())`,
      [workspace, person],
    );
    await withTransaction((run) =>
      issuePermit(run, {
        workspaceId: workspace,
        decisionId: id,
        agentId: agent,
        digest,
        rung: 3,
        policyVersion: 1,
        approvedBy: `person:${person}`,
        ttlSeconds: 300,
        now: NOW,
      }),
    );
    await sql(`UPDATE memberships SET role = 'viewer' WHERE person_id = $1`, [person]);
    expect(await code(redeem(id))).toBe('approver_lost_role');
    await sql(`UPDATE memberships SET role = 'reviewer' WHERE person_id = $1`, [person]);
    expect(await code(redeem(id))).toBe('passed');
  });
});

it('a redemption waits for one behind its action without holding another, also with a verdict to count', async () => {
  const acting = await makeAgent(workspace, { rung: 4 });
  const chain = [agent];
  const { id } = await decideOne(workspace, proposal(acting, 'write_note', { chain }));
  await withTransaction((run) =>
    deferVerdict(run, {
      workspaceId: workspace,
      approvalId: newId(),
      decisionId: id,
      agentId: acting,
      dueAt: NOW + 10_000,
      actor: 'test',
      signals: [{ kind: 'identity.rotated', source: 'test', sourceClass: 'system' }],
    }),
  );
  const redeemed = await withTransaction(async (run) => {
    await lockTrustStates(run, workspace, [agent]);
    const waits = code(redeem(id, { agentId: acting }));
    const waiting = () =>
      run('SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))', []);
    while ((await waiting()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    // Whoever holds the first in order takes the next: had the redemption this one, both would wait for ever.
    await lockTrustStates(run, workspace, [acting]);
    return () => waits;
  });
  expect(await redeemed()).toBe('passed');
});

describe('reporting an outcome', () => {
  it('is taken once, keeps the output for provenance and does not lift the score', async () => {
    await sql(
      `INSERT INTO sessions (workspace_id, id, agent_id, request, created_at) VALUES ($1, 's-1', $2, 'note it', now())`,
      [workspace, agent],
    );
    const decided = await decideOne(workspace, proposal(agent, 'write_note', { sessionId: 's-1' }));
    const report = {
      workspaceId: workspace,
      agentId: agent,
      decisionId: decided.id,
      actor: `agent:${agent}`,
      status: 'succeeded' as const,
      output: 'x'.repeat(70_000),
      now: NOW + 1,
    };
    expect(await reportOutcome(report)).toEqual({ outputTruncated: true });
    expect(await code(reportOutcome(report))).toBe('already_reported');
    const [state] = await sql<{ score: number }>(
      'SELECT score FROM trust_states WHERE agent_id = $1',
      [agent],
    );
    expect(state?.score).toBeLessThanOrEqual(decided.trust.score);
  });

  it('is refused for an action that was never permitted', async () => {
    await sql('UPDATE rung_overrides SET rung = 1 WHERE workspace_id = $1', [workspace]);
    const { id } = await decideOne(workspace, proposal(agent, 'write_note'));
    const report = {
      workspaceId: workspace,
      agentId: agent,
      decisionId: id,
      actor: 'test',
      status: 'failed' as const,
      now: NOW,
    };
    expect(await code(reportOutcome(report))).toBe('not_permitted');
  });
});

describe('an approval whose time is over', () => {
  it('closes as expired, gives no evidence, and wakes the agent that waits', async () => {
    await sql('UPDATE rung_overrides SET rung = 3 WHERE workspace_id = $1', [workspace]);
    const { id } = await decideOne(workspace, proposal(agent, 'write_note'));
    const before = await sql('SELECT count(*) FROM agent_signals WHERE workspace_id = $1', [
      workspace,
    ]);
    const woken = untilSettled(workspace, id, 20, new AbortController().signal);
    expect(await expireApprovals(workspace, NOW + 1)).toBe(0);
    expect(await expireApprovals(workspace, NOW + 86_400_000)).toBe(1);
    await woken;
    expect(
      await sql('SELECT state, decided_by FROM approvals WHERE workspace_id = $1', [workspace]),
    ).toEqual([{ state: 'expired', decided_by: null }]);
    expect(await sql('SELECT state FROM decisions WHERE workspace_id = $1', [workspace])).toEqual([
      { state: 'expired' },
    ]);
    expect(
      await sql('SELECT count(*) FROM agent_signals WHERE workspace_id = $1', [workspace]),
    ).toEqual(before);
  });
});
