/** What an approval that is named in `context.approval` lets run: exactly its action, once. */
import { describe, expect, it } from 'vitest';
import type { EvaluationResponse } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { readDecisionStatus } from '@/lib/decide';
import { redeemHandler } from '@/lib/http/agents/decisions';
import { evaluationHandler, evaluationsHandler } from '@/lib/http/agents/evaluation';
import { action, askingEachTime, type Asking } from '@/lib/http/testing/asking';
import { approveAction } from '@/lib/services/approvals/approve';
import { releaseKillSwitch } from '@/lib/services/kill-switches/release';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { makeAskingAgent, type TestWorkspace } from '@/lib/services/testing/fixture';

let asking: Asking;
let workspace: TestWorkspace;

askingEachTime((begun) => {
  asking = begun;
  ({ workspace } = begun.outside);
});

/** An approval whose verdict can no longer be taken back. */
async function approved() {
  const made = await asking.asked();
  const { approvalId, digest } = made;
  await approveAction(workspace.as('reviewer'), approvalId, { digest });
  await asking.settle();
  return { ...made, context: { approval: { id: approvalId } } };
}

const stopAll = () =>
  setKillSwitch(workspace.as('analyst'), {
    scope: { type: 'workspace' },
    mode: 'halt',
    reason: 'For a test',
  });

describe('an approval that is shown', () => {
  it('says nothing for another action, another agent, or another session', async () => {
    const { context } = await approved();
    const other = await makeAskingAgent(workspace, { name: 'Other' });
    for (const changes of [
      action(101),
      { resource: { type: 'customer', id: 'c-2' } },
      { subject: { type: 'agent', id: other.id } },
      { context: { ...context, session: 's-9' } },
      { context: { approval: { id: 'apr_1' } } },
      { context: { approval: 'nonsense' } },
    ]) {
      const answer = await asking.evaluate(asking.asAgent({ context, ...changes }));
      expect(answer).toMatchObject({ decision: false, context: { outcome: 'require_approval' } });
    }
    expect((await asking.evaluate(asking.asAgent({ context }))).decision).toBe(true);
  });

  it('is no bearer of anything: a switch stops what it would let run', async () => {
    const { context, denied } = await approved();
    await stopAll();
    expect(await asking.evaluate(asking.asAgent({ context }))).toMatchObject({
      decision: false,
      context: { outcome: 'deny' },
    });
    const { id } = denied.context;
    const status = await readDecisionStatus(workspace.id, undefined, id, new Date());
    expect(status.state).not.toBe('redeemed');
  });

  it('that still waits queues nothing new', async () => {
    const { denied, approvalId } = await asking.asked();
    const before = await asking.waiting();
    const context = { approval: { id: approvalId } };
    const answer = await asking.evaluate(asking.asAgent({ context }));
    expect(answer.context.id).toBe(denied.context.id);
    expect(await asking.waiting()).toBe(before);
  });
});

describe('an approval lets its action run once', () => {
  const redeem = (id: string) => asking.send<{ code?: string }>(redeemHandler, action(), { id });

  it('by the first evaluation that names it, which the ledger has; the next is decided anew', async () => {
    const { context, denied } = await approved();
    const first = await asking.evaluate(asking.asAgent({ context }));
    expect(first).toMatchObject({ decision: true, context: { id: denied.context.id } });
    const [note] = await sql<{ actor: string; subject: string }>(
      `SELECT actor, subject FROM ledger_entries WHERE workspace_id = $1 AND kind = 'permit.redeemed'`,
      [workspace.id],
    );
    expect(note).toMatchObject({ subject: `decision:${denied.context.id}` });
    expect(note?.actor).toMatch(/^key:/);
    const second = await asking.evaluate(asking.asAgent({ context }));
    expect(second).toMatchObject({ decision: false, context: { outcome: 'require_approval' } });
    expect(second.context.id).not.toBe(first.context.id);
    expect(await redeem(first.context.id)).toMatchObject({
      status: 409,
      body: { code: 'already_redeemed' },
    });
  });

  it('by a redemption, after which naming it says nothing', async () => {
    const { context, denied } = await approved();
    expect((await redeem(denied.context.id)).status).toBe(200);
    const after = await asking.evaluate(asking.asAgent({ context }));
    expect(after).toMatchObject({ decision: false, context: { outcome: 'require_approval' } });
    expect(after.context.id).not.toBe(denied.context.id);
  });

  it('of any number of evaluations and redemptions at once', async () => {
    const { context, denied } = await approved();
    const ask = async () => (await asking.evaluate(asking.asAgent({ context }))).decision;
    const run = async () => (await redeem(denied.context.id)).status === 200;
    const ran = await Promise.all([ask(), ask(), run(), ask(), run(), ask()]);
    expect(ran.filter(Boolean)).toHaveLength(1);
  });

  it('of several evaluations in one request', async () => {
    const { context } = await approved();
    const { body } = await asking.send<{ evaluations: EvaluationResponse[] }>(evaluationsHandler, {
      ...asking.asAgent({ context }),
      evaluations: [{}, {}, {}],
    });
    expect(body.evaluations.filter(({ decision }) => decision)).toHaveLength(1);
  });
});

describe('the same request with the same Idempotency-Key', () => {
  const ask = (context: object, key: string) =>
    asking.send<EvaluationResponse & { code?: string }>(
      evaluationHandler,
      asking.asAgent({ context }),
      { headers: { 'idempotency-key': key } },
    );

  it('is answered the same, and queues nothing', async () => {
    const { context } = await approved();
    const before = await asking.waiting();
    const first = await ask(context, 'k-1');
    expect(first.body.decision).toBe(true);
    expect((await ask(context, 'k-1')).body).toEqual(first.body);
    expect((await ask(context, 'k-1')).body).toEqual(first.body);
    expect(await asking.waiting()).toBe(before);
    expect((await ask(context, 'k-2')).body.decision).toBe(false);
  });

  it('is answered the same with the arguments that a reviewer changed', async () => {
    const { approvalId, digest } = await asking.asked();
    const edits = { field: 'discount', amount: 10 };
    await approveAction(workspace.as('reviewer'), approvalId, { digest, edits });
    await asking.settle();
    const context = { approval: { id: approvalId } };
    const edited = () =>
      asking.send<EvaluationResponse>(
        evaluationHandler,
        asking.asAgent({ ...action(10), context }),
        { headers: { 'idempotency-key': 'k-1' } },
      );
    const first = await edited();
    expect(first.body.decision).toBe(true);
    expect((await edited()).body).toEqual(first.body);
  });

  it('runs past no switch that was set in between', async () => {
    const { context } = await approved();
    expect((await ask(context, 'k-1')).body.decision).toBe(true);
    const { id } = await stopAll();
    const denied = {
      decision: false,
      context: { outcome: 'deny', reasons: [{ code: 'repeat.permit_cancelled' }] },
    };
    expect((await ask(context, 'k-1')).body).toMatchObject(denied);
    await releaseKillSwitch(workspace.as('manager'), id, 'Over');
    expect((await ask(context, 'k-1')).body).toMatchObject(denied);
  });

  it('runs once when it comes several times at once', async () => {
    const { context, denied } = await approved();
    const answers = await Promise.all(Array.from({ length: 4 }, () => ask(context, 'k-1')));
    for (const { status, body } of answers)
      expect(status === 409 ? body.code : body.context.id).toBe(
        status === 409 ? 'in_progress' : denied.context.id,
      );
    expect((await ask(context, 'k-1')).body).toMatchObject({ decision: true });
    const taken = await sql(
      `SELECT 1 FROM ledger_entries WHERE workspace_id = $1 AND kind = 'permit.redeemed'`,
      [workspace.id],
    );
    expect(taken).toHaveLength(1);
  });
});
