/**
 * The two end-to-end examples of the access request profile of AuthZEN (draft 1, openid/authzen,
 * profiles/authzen-access-request-approval), with an agent where the first has a user.
 */
import { describe, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { issuer } from '@/lib/auth/agents';
import { redeemHandler } from '@/lib/http/agents/decisions';
import { action, denialOf, askingEachTime, type Asking } from '@/lib/http/testing/asking';
import { callBack } from '@/lib/services/access-requests/call-back';
import { approveAction } from '@/lib/services/approvals/approve';
import { getApproval } from '@/lib/services/approvals/get';
import { addTarget } from '@/lib/services/messages/targets';
import { ledgerKinds, type TestWorkspace } from '@/lib/services/testing/fixture';

let asking: Asking;
let workspace: TestWorkspace;
let agentId: string;

askingEachTime((begun) => {
  asking = begun;
  ({ workspace, agentId } = begun.outside);
});

describe('the example "End-to-End Manager Approval"', () => {
  it('runs from the denial to the final decision over the one approval there is', async () => {
    const denied = await asking.evaluate(
      asking.asAgent({ context: { time: '2026-04-30T20:15:00Z' } }),
    );
    expect(denied).toMatchObject({
      decision: false,
      context: {
        evaluation_id: denied.context.id,
        reason: denied.context.reasons[0]?.code,
        access_request: {
          endpoint: `${issuer()}/access/v1/requests`,
          template: 'belay.approval',
          expires_at: denied.context.approval?.expiresAt,
        },
      },
    });
    const submission = {
      ...asking.asAgent(),
      context: { business_justification: 'Needed for customer renewal review' },
      requested_access: { requested_until: '2026-05-01T00:15:00Z' },
      denial: denialOf(denied),
    };
    const idempotency = { headers: { 'idempotency-key': '7b8d0f0d-65a1-4af1-9fd3-a684f08a5d13' } };
    const submitted = await asking.submit(submission, idempotency);
    expect(submitted.status).toBe(202);
    const { task } = submitted.body;
    expect(task).toMatchObject({ status: 'pending' });
    expect(submitted.headers.get('location')).toBe(task.status_endpoint);
    expect(task.status_endpoint).toBe(`${issuer()}/access/v1/requests/${task.id}`);
    expect((await asking.submit(submission, idempotency)).body.task.id).toBe(task.id);

    const approvalId = denied.context.approval?.id ?? '';
    expect(task.links.review).toBe(denied.context.approval?.url);
    const shown = await getApproval(workspace.as('reviewer'), approvalId);
    expect(shown.comments).toMatchObject([
      {
        body: 'Needed for customer renewal review\nWanted until 2026-05-01T00:15:00Z.',
        forAgent: true,
      },
    ]);
    const pending = await asking.readTask(task.id);
    expect(pending.body).toEqual({ task });
    expect(pending.headers.get('retry-after')).toBe('5');

    await approveAction(workspace.as('reviewer'), approvalId, { digest: shown.digest });
    await asking.settle();
    const { body: completed } = await asking.readTask(task.id);
    expect(completed).toMatchObject({
      task: { status: 'approved' },
      result: { mode: 'reevaluate', approval: { id: approvalId } },
    });
    const approval = completed.result?.approval;
    const context = { time: '2026-04-30T20:43:00Z', approval };
    const final = await asking.evaluate(asking.asAgent({ context }));
    expect(final).toMatchObject({
      decision: true,
      context: {
        id: denied.context.id,
        outcome: 'allow',
        approval: { id: approvalId, approved_until: approval?.approved_until },
      },
    });
    expect(final.context.permit?.token).toBeDefined();
    // That evaluation is the use of the approval: it runs once.
    const redeemed = await asking.send(redeemHandler, action(), { id: final.context.id });
    expect([redeemed.status, redeemed.body]).toMatchObject([409, { code: 'already_redeemed' }]);
    expect(await asking.waiting()).toBe(1);
    expect(await ledgerKinds(workspace.id)).toContain('approval.access_requested');
  });
});

describe('the example "End-to-End Agent Tool Discovery"', () => {
  it('runs for an agent that acts for a user, with a callback and an approval for a class of calls', async () => {
    const { secret = '' } = await addTarget(workspace.as('admin'), {
      kind: 'webhook',
      name: 'Agent runtime',
      url: `${asking.outside.receiver.url}/callbacks/access-requests`,
      events: ['incident.opened'],
      reason: 'For a test',
    });
    const subject = {
      type: 'user',
      id: 'alice@example.com',
      properties: { act: { iss: issuer(), sub: agentId, sub_profile: 'ai_agent' } },
    };
    const request = { subject, ...action(), context: { time: '2026-05-12T15:00:00Z' } };
    const denied = await asking.evaluate(request);
    expect(denied.decision).toBe(false);
    const submitted = await asking.submit({
      subject,
      ...action(),
      context: { business_justification: 'Assembling Q2 renewal report for customer ACME-1042' },
      requested_access: { requested_until: '2026-05-19T15:00:00Z' },
      client: {
        id: 'renewal_assistant',
        actor: { id: agentId, issuer: issuer(), type: 'ai_agent' },
        source: { session_id: 'session_01HX69WJ8Q0K7P4F0V0K9D6Z7N' },
      },
      callback: {
        endpoint: `${asking.outside.receiver.url}/callbacks/access-requests`,
        state: 'session_01HX69WJ8Q0K7P4F0V0K9D6Z7N',
        events: ['approved', 'denied', 'expired'],
      },
      denial: denialOf(denied),
    });
    expect(submitted.status).toBe(202);
    const { task } = submitted.body;
    await callBack(Date.now());
    await asking.outside.round();
    expect(asking.outside.receiver.received).toHaveLength(0);

    const approvalId = denied.context.approval?.id ?? '';
    const reviewer = workspace.as('reviewer');
    const { digest } = await getApproval(reviewer, approvalId);
    const scope = { uses: 3, minutes: 30, vary: ['/arguments/amount'] };
    await approveAction(reviewer, approvalId, { digest, scope });
    await asking.settle();
    await callBack(Date.now());
    await callBack(Date.now());
    await asking.outside.round();
    expect(asking.outside.receiver.received).toHaveLength(1);
    const [{ headers, body } = { headers: {}, body: Buffer.alloc(0) }] =
      asking.outside.receiver.received;
    new Webhook(secret).verify(body, headers as Record<string, string>);
    expect(JSON.parse(body.toString())).toMatchObject({
      state: 'session_01HX69WJ8Q0K7P4F0V0K9D6Z7N',
      task: { id: task.id, status: 'approved', status_endpoint: task.status_endpoint },
    });
    expect(body.toString()).not.toContain(approvalId);

    const { body: completed } = await asking.readTask(task.id);
    const approval = completed.result?.approval;
    const again = { ...request, context: { ...request.context, approval } };
    const first = await asking.evaluate(again);
    expect(first).toMatchObject({ decision: true, context: { approval: { id: approvalId } } });
    // Calls of the same class run without another request, under the grant that came with the approval.
    const second = await asking.evaluate({ ...again, ...action(60) });
    expect(second.decision).toBe(true);
    expect(second.context.reasons[0]?.code).toBe('grant.used');
    expect(await asking.waiting()).toBe(1);
  });
});
