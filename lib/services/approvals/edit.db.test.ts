import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { basePolicyInputSchema, type Json } from '@/lib/contracts';
import { sql, withTransaction } from '@/lib/db';
import { readDecisionStatus, redeemPermit, seizeEpochs } from '@/lib/decide';
import { json, startDecisionPoint, type DecisionPoint } from '@/lib/decide/testing/decision-point';
import { actionDigest } from '@/lib/ledger';
import { DEFAULT_POLICY_TEXT } from '@/lib/policy';
import { setBasePolicy } from '@/lib/services/base-policy/set';
import { replayScores } from '@/lib/services/ledger/replay-scores';
import { createOverride } from '@/lib/services/overrides/create';
import { createPolicy } from '@/lib/services/policies/create';
import {
  askForApproval,
  makeAskingAgent,
  makePerson,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { approveAction } from './approve';
import { giveVerdict } from './decide';
import { getApproval } from './get';
import { rejectAction } from './reject';

const SENT = { id: 'c-1', amount: 120, password: 'hunter2', lines: [{ sku: 'a', n: 1 }] };
const EDITED = { ...SENT, amount: 12, password: 'hunter3', lines: [{ sku: 'a', n: 2 }] };

let workspace: TestWorkspace;
let agentId: string;
let asked: { approvalId: string; decisionId: string; digest: string };

beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
  asked = await askForApproval(workspace, agentId, SENT);
});

const approve = (edits: Record<string, Json> = EDITED, request = asked) =>
  approveAction(workspace.as('reviewer'), request.approvalId, { digest: request.digest, edits });
const redeem = (args: Record<string, Json>) =>
  redeemPermit({
    workspaceId: workspace.id,
    agentId,
    decisionId: asked.decisionId,
    actor: `agent:${agentId}`,
    tool: 'crm.update',
    arguments: args,
    resource: { type: 'customer', id: 'c-1' },
    now: Date.now(),
  });
const code = (expected: string): unknown => expect.objectContaining({ code: expected });

/** Nothing of a refused verdict is left: no permit, no signal, no entry. */
async function expectStillWaiting(): Promise<void> {
  expect(await getApproval(workspace.as('viewer'), asked.approvalId)).toMatchObject({
    state: 'pending',
    verdict: null,
    effect: null,
  });
  expect(await sql('SELECT 1 FROM permits WHERE workspace_id = $1', [workspace.id])).toEqual([]);
  const signals = await sql(
    `SELECT kind FROM signals WHERE workspace_id = $1 AND source_class = 'reviewer'`,
    [workspace.id],
  );
  expect(signals).toEqual([]);
}

describe('approving with edits', () => {
  it('binds the permit to the edited action, and only that one can be redeemed, once', async () => {
    await approve();
    await expect(redeem(SENT)).rejects.toMatchObject({
      code: 'action_differs',
      message: /reviewer changed the arguments/,
    });
    await expect(redeem({ ...EDITED, amount: 13 })).rejects.toEqual(code('action_differs'));
    await expect(redeem(EDITED)).resolves.toHaveProperty('redeemedAt');
    await expect(redeem(EDITED)).rejects.toEqual(code('already_redeemed'));
  });

  it('waits for a kill switch that is being set before it holds anything the switch needs', async () => {
    let verdict: Promise<unknown> = Promise.resolve();
    await withTransaction(async (run) => {
      await seizeEpochs(run, workspace.id);
      verdict = withTransaction((own) =>
        giveVerdict(own, workspace.as('reviewer'), asked.approvalId, {
          outcome: 'approved',
          digest: asked.digest,
          edits: { arguments: EDITED, base: undefined },
        }),
      );
      await vi.waitFor(async () => {
        const waiting = await sql(
          `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`,
        );
        expect(waiting).not.toEqual([]);
      });
      await run('SELECT 1 FROM approvals WHERE workspace_id = $1 AND id = $2 FOR UPDATE NOWAIT', [
        workspace.id,
        asked.approvalId,
      ]);
    });
    await verdict;
    const after = await getApproval(workspace.as('viewer'), asked.approvalId);
    expect(after.state).toBe('approved');
  });

  it('shows the agent what may run and where it differs, and the reviewer what was sent', async () => {
    const detail = await approve();
    const changes = [
      { path: '/amount', before: 120, after: 12 },
      { path: '/lines/0/n', before: 1, after: 2 },
      { path: '/password', before: 'hunter2', after: 'hunter3' },
    ];
    expect(detail.action.properties.arguments).toEqual(SENT);
    expect(detail.verdict?.edit?.arguments).toEqual(EDITED);
    expect(detail.verdict?.edit?.changes).toEqual(expect.arrayContaining(changes));
    expect(detail.verdict?.edit?.changes).toHaveLength(changes.length);
    const digest = actionDigest({
      tool: 'crm.update',
      arguments: EDITED,
      resource: { type: 'customer', id: 'c-1' },
      agent: agentId,
      session: null,
      policyVersion: '1',
    });
    expect(detail.verdict?.edit?.digest).toBe(digest);
    const status = await readDecisionStatus(workspace.id, agentId, asked.decisionId, new Date());
    expect(status).toMatchObject({ state: 'approved', digest, editedArguments: EDITED });
  });

  it('counts as a correction and not as an approval, and the score replays from the ledger', async () => {
    const { effect } = await approve();
    expect(effect?.after.score).toBeLessThan(effect?.before.score ?? 0);
    const signals = await sql(
      `SELECT kind FROM signals WHERE decision_id = $1 AND source_class = 'reviewer'`,
      [asked.decisionId],
    );
    expect(signals).toEqual([{ kind: 'outcome.edited' }]);
    expect(await replayScores(workspace.id)).toMatchObject({
      firstDifference: null,
      unknown: 0,
    });
  });

  it('leaves both digests and the redacted change in the ledger', async () => {
    const detail = await approve();
    const [row] = await sql<{ bytes: Buffer }>(
      `SELECT bytes FROM ledger_entries WHERE workspace_id = $1 AND kind = 'approval.approved'`,
      [workspace.id],
    );
    const text = row?.bytes.toString('utf8') ?? '';
    expect(text).toContain(asked.digest);
    expect(text).toContain(detail.verdict?.edit?.digest);
    expect(text).toContain('{"after":12,"before":120,"path":"/amount"}');
    expect(text).toContain('"/password"');
    expect(text).not.toContain('hunter');
  });

  it('counts once beside other verdicts given at the same moment', async () => {
    const reviewers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => makePerson(workspace.id, 'reviewer', `Reviewer ${n}`)),
    );
    const { approvalId, digest } = asked;
    const results = await Promise.allSettled(
      reviewers.map((actor, n) => {
        const context = { actor, now: new Date() };
        if (n % 3 === 0) return rejectAction(context, approvalId, { reason: 'other' });
        return approveAction(
          context,
          approvalId,
          n % 3 === 1 ? { digest } : { digest, edits: EDITED },
        );
      }),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toEqual(code('already_decided'));
  });
});

describe('edits that are refused, and change nothing', () => {
  const { amount: _amount, ...without } = SENT;
  it.each([
    ['leave an argument out', without, 'edits_do_not_fit'],
    ['add one', { ...EDITED, bcc: 'eve@example.org' }, 'edits_do_not_fit'],
    ['change a type', { ...EDITED, amount: '12' }, 'edits_do_not_fit'],
    ['are what was sent', SENT, 'edits_change_nothing'],
  ])('because they %s', async (_why, edits, expected) => {
    await expect(approve(edits as Record<string, Json>)).rejects.toEqual(code(expected));
    await expectStillWaiting();
  });

  it('because what was read is not what waits', async () => {
    await expect(approve(EDITED, { ...asked, digest: '0'.repeat(64) })).rejects.toEqual(
      code('stale_digest'),
    );
    await expectStillWaiting();
  });

  it('because a rule of the policy denies the edited action', async () => {
    await createPolicy(workspace.as('manager'), {
      text: `${DEFAULT_POLICY_TEXT}
@id("most") @reason("Not more than 500.")
forbid (principal, action, resource) when { context.numbers.hasTag("amount") && context.numbers.getTag("amount") > 500 };`,
      basedOn: 1,
      reason: 'A limit',
    });
    asked = await askForApproval(workspace, agentId, SENT);
    await expect(approve({ ...EDITED, amount: 501 })).rejects.toMatchObject({
      code: 'edit_not_allowed',
      message: /Not more than 500/,
    });
    await expectStillWaiting();
    expect((await approve({ ...EDITED, amount: 500 })).state).toBe('approved');
  });

  it('because a switch stops the action', async () => {
    await sql(
      `INSERT INTO kill_switches (workspace_id, id, scope_type, scope_value, mode, reason, set_by, set_by_name, set_at)
       VALUES ($1, gen_random_uuid(), 'tool', 'crm.update', 'read_only', 'Strange writes', 'x', 'Ada', now())`,
      [workspace.id],
    );
    await sql('UPDATE workspace_epochs SET kill_epoch = kill_epoch + 1 WHERE workspace_id = $1', [
      workspace.id,
    ]);
    await expect(approve()).rejects.toEqual(code('stopped'));
    await expectStillWaiting();
  });

  it('because the agent no longer stands where it asked from', async () => {
    const until = new Date(Date.now() + 86_400_000).toISOString();
    await sql('UPDATE rung_overrides SET ended_at = now() WHERE workspace_id = $1', [workspace.id]);
    await createOverride(workspace.as('manager'), agentId, { rung: 2, until, reason: 'Lower' });
    await expect(approve()).rejects.toEqual(code('trust_fell'));
    await expectStillWaiting();
  });

  it('because the agent is outside of its pact by now', async () => {
    await sql(
      `UPDATE pacts SET body = jsonb_set(body, '{tools}', '["other.tool"]') WHERE workspace_id = $1`,
      [workspace.id],
    );
    await expect(approve()).rejects.toMatchObject({ code: 'edit_not_allowed', message: /pact/ });
    await expectStillWaiting();
  });

  it('because nobody knows what the agent said beside an action of long ago', async () => {
    await sql('UPDATE decisions SET asked_with = NULL WHERE workspace_id = $1', [workspace.id]);
    await expect(approve()).rejects.toEqual(code('edits_need_new_request'));
    await expectStillWaiting();
  });
});

it('is no second call: a budget that the first one used up stays as it is', async () => {
  const perDay = [{ maxActions: 1, perSeconds: 86_400 }];
  const agent = await makeAskingAgent(workspace, { pact: { tools: ['*'], budgets: perDay } });
  const request = await askForApproval(workspace, agent.id, SENT);
  expect((await approve(EDITED, request)).state).toBe('approved');
});

describe('where the customer decides too', () => {
  let point: DecisionPoint;
  beforeEach(async () => {
    point = await startDecisionPoint();
    await setBasePolicy(
      workspace.as('admin'),
      basePolicyInputSchema.parse({
        kind: 'opa',
        url: `${point.url}/`,
        path: 'agents/decision',
        timeoutMs: 3_000,
        reason: 'Our rules',
        basedOn: 0,
      }),
    );
  });
  afterEach(() => point.close());

  it('is asked about the edited action, and its no is a no', async () => {
    point.answer = json({ result: false });
    await expect(approve()).rejects.toEqual(code('edit_not_allowed'));
    expect(JSON.stringify(point.asked.at(-1)?.body)).toContain('"amount":12');
    await expectStillWaiting();
    point.answer = json({ result: true });
    expect((await approve()).state).toBe('approved');
  });
});
