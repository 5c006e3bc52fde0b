/** What the access request profile of AuthZEN (draft 1) says of binding, substitution and callbacks. */
import { describe, expect, it } from 'vitest';
import { issueAgentToken } from '@/lib/auth/agents';
import { sql } from '@/lib/db';
import { action, denialOf, error, askingEachTime, type Asking } from '@/lib/http/testing/asking';
import { approveAction } from '@/lib/services/approvals/approve';
import { getApproval } from '@/lib/services/approvals/get';
import { rejectAction } from '@/lib/services/approvals/reject';
import { undoVerdict } from '@/lib/services/approvals/undo';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import {
  makeAskingAgent,
  makeKeyContext,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';

let asking: Asking;
let workspace: TestWorkspace;
let agentId: string;

askingEachTime((begun) => {
  asking = begun;
  ({ workspace, agentId } = begun.outside);
});

describe('a submission', () => {
  it.each<[string, object, string]>([
    ['of another tool', { action: { name: 'crm.read' } }, 'invalid_denial_binding'],
    ['of other arguments', action(101), 'invalid_denial_binding'],
    [
      'of another resource',
      { resource: { type: 'customer', id: 'c-2' } },
      'invalid_denial_binding',
    ],
    [
      'of a resource with more properties',
      { resource: { type: 'customer', id: 'c-1', properties: { vip: true } } },
      'invalid_denial_binding',
    ],
    ['about a user alone', { subject: { type: 'user', id: 'alice' } }, 'not_requestable'],
  ])('%s is refused', async (_what, changes, code) => {
    const denied = await asking.evaluate(asking.asAgent());
    const { status, body } = await asking.submit({
      ...asking.asAgent(),
      denial: denialOf(denied),
      ...changes,
    });
    expect([status, body.type]).toEqual([400, error(code)]);
  });

  it('needs a denial that exists, of this agent and workspace', async () => {
    const denied = await asking.evaluate(asking.asAgent());
    const denial = denialOf(denied);
    const other = await makeAskingAgent(workspace, { name: 'Other' });
    const outsider = await asking.evaluate({
      ...asking.asAgent(),
      subject: { type: 'agent', id: other.id },
    });
    for (const evaluation_id of [
      undefined,
      'eval_1',
      '018f0000-0000-7000-8000-000000000000',
      outsider.context.id,
    ]) {
      const { status, body } = await asking.submit({
        ...asking.asAgent(),
        denial: { ...denial, evaluation_id },
      });
      expect([status, body.type]).toEqual([400, error('invalid_denial_binding')]);
    }
    const stranger = (await makeKeyContext(await makeWorkspace(), 'gateway')).key;
    const elsewhere = await asking.submit({ ...asking.asAgent(), denial }, { withKey: stranger });
    expect(elsewhere.body.type).toBe(error('invalid_denial_binding'));
  });

  it('of a final denial is refused, and of one that has expired is over', async () => {
    await setKillSwitch(workspace.as('analyst'), {
      scope: { type: 'tool', value: 'crm.read' },
      mode: 'halt',
      reason: 'For a test',
    });
    const stopped = await asking.evaluate(asking.asAgent({ action: { name: 'crm.read' } }));
    expect(stopped.context.access_request).toBeUndefined();
    const final = await asking.submit({
      ...asking.asAgent({ action: { name: 'crm.read' } }),
      denial: { evaluation_id: stopped.context.id, expires_at: '2030-01-01T00:00:00Z' },
    });
    expect([final.status, final.body.type]).toEqual([400, error('not_requestable')]);
    const denied = await asking.evaluate(asking.asAgent());
    await sql(`UPDATE approvals SET expires_at = now() - interval '1 minute' WHERE id = $1`, [
      denied.context.approval?.id ?? null,
    ]);
    const denial = { ...denialOf(denied), expires_at: '2030-01-01T00:00:00Z' };
    const over = await asking.submit({ ...asking.asAgent(), denial });
    expect([over.status, over.body.type]).toEqual([410, error('expired_denial')]);
  });

  it('is one task, however often it comes; another body under the same key is a conflict', async () => {
    const denied = await asking.evaluate(asking.asAgent());
    const submission = { ...asking.asAgent(), denial: denialOf(denied) };
    const headers = { 'idempotency-key': 'k-1' };
    const first = await asking.submit(submission, { headers });
    const many = await Promise.all([
      asking.submit(submission),
      asking.submit(submission),
      asking.submit(submission),
    ]);
    for (const { body } of many) expect(body.task.id).toBe(first.body.task.id);
    const other = await asking.submit({ ...submission, client: { id: 'x' } }, { headers });
    expect([other.status, other.body.type]).toEqual([409, error('duplicate_request')]);
  });

  it('that comes after the verdict is answered with it', async () => {
    const denied = await asking.evaluate(asking.asAgent());
    const approvalId = denied.context.approval?.id ?? '';
    const { digest } = await getApproval(workspace.as('reviewer'), approvalId);
    await approveAction(workspace.as('reviewer'), approvalId, { digest });
    await asking.settle();
    const { status, body } = await asking.submit({ ...asking.asAgent(), denial: denialOf(denied) });
    expect(status).toBe(201);
    expect(body).toMatchObject({ task: { status: 'approved' }, result: { mode: 'reevaluate' } });
  });

  it('for several at once, or with a callback nobody registered, is refused', async () => {
    const denied = await asking.evaluate(asking.asAgent());
    const submission = { ...asking.asAgent(), denial: denialOf(denied) };
    expect((await asking.submit({ ...submission, items: [action()] })).status).toBe(400);
    for (const endpoint of [
      'http://169.254.169.254/latest/meta-data',
      'http://127.0.0.1:5432/',
      'https://agents.example.com/callbacks',
      `${asking.outside.receiver.url}/hook`,
    ]) {
      const { status, body } = await asking.submit({ ...submission, callback: { endpoint } });
      expect([status, body.code]).toEqual([400, 'callback_refused']);
    }
    expect(asking.outside.receiver.received).toHaveLength(0);
  });
});

describe('a task', () => {
  it('is read by its agent and by gateways of its workspace, and is unknown to others', async () => {
    const { task } = await asking.asked();
    const tokenOf = (id: string) =>
      issueAgentToken({ kind: 'agent', agentId: id, workspaceId: workspace.id }, Date.now());
    expect((await asking.readTask(task.id, await tokenOf(agentId))).status).toBe(200);
    const other = await makeAskingAgent(workspace, { name: 'Other' });
    const stranger = (await makeKeyContext(await makeWorkspace(), 'gateway')).key;
    const viewer = (await makeKeyContext(workspace, 'viewer')).key;
    for (const withKey of [await tokenOf(other.id), stranger]) {
      const { status, body } = await asking.readTask(task.id, withKey);
      expect([status, body.type]).toEqual([404, error('unknown_task')]);
    }
    expect((await asking.readTask(task.id, viewer)).status).toBe(403);
    expect((await asking.readTask('nonsense')).body.type).toBe(error('unknown_task'));
  });

  it('is pending while the verdict can be taken back, and ends once', async () => {
    const { task, approvalId, digest } = await asking.asked();
    const reviewer = workspace.as('reviewer');
    await approveAction(reviewer, approvalId, { digest, undoable: true });
    expect((await asking.readTask(task.id)).body.task.status).toBe('pending');
    const context = { approval: { id: approvalId } };
    expect((await asking.evaluate(asking.asAgent({ context }))).decision).toBe(false);
    await undoVerdict(reviewer, approvalId);
    expect((await asking.readTask(task.id)).body.task.status).toBe('pending');
    await rejectAction(reviewer, approvalId, { reason: 'not_needed' });
    await asking.settle();
    const { body } = await asking.readTask(task.id);
    expect(body.task.status).toBe('denied');
    expect(body.result).toBeUndefined();
  });

  it('expires with its approval', async () => {
    const { task, approvalId } = await asking.asked();
    await sql(`UPDATE approvals SET expires_at = now() - interval '1 minute' WHERE id = $1`, [
      approvalId,
    ]);
    expect((await asking.readTask(task.id)).body.task.status).toBe('expired');
  });

  it('names the arguments a reviewer changed, and only these run', async () => {
    const { task, approvalId, digest } = await asking.asked();
    const edits = { field: 'discount', amount: 10 };
    await approveAction(workspace.as('reviewer'), approvalId, { digest, edits });
    await asking.settle();
    const { result } = (await asking.readTask(task.id)).body;
    expect(result?.['urn:belay:edited_arguments']).toEqual(edits);
    const context = { approval: result?.approval };
    expect((await asking.evaluate(asking.asAgent({ ...action(10), context }))).decision).toBe(true);
    expect((await asking.evaluate(asking.asAgent({ context }))).decision).toBe(false);
  });
});
