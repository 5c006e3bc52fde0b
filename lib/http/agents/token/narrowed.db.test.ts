import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId, sql } from '@/lib/db';
import { decisionStatusHandler, redeemHandler } from '@/lib/http/agents/decisions';
import { evaluationHandler } from '@/lib/http/agents/evaluation';
import { makeSigningAgent, ORIGIN, type SigningAgent } from '@/lib/http/testing/signing-agents';
import type { Handler } from '@/lib/http/handler';
import { approveAction } from '@/lib/services/approvals/approve';
import {
  makePerson,
  makeTool,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';

let workspace: TestWorkspace;
let reader: SigningAgent;
let writer: SigningAgent;
/** An action of the writer's own, and the approval it has by now. */
let decisionId: string;
let approvalId: string;

beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeTool(workspace, 'note.read');
  await makeTool(workspace, 'note.write', { sideEffect: 'write' });
  reader = await makeSigningAgent(workspace, { name: 'reader', pact: { tools: ['note.read'] } });
});

beforeEach(async () => {
  writer = await makeSigningAgent(workspace, { rung: 3 });
  const asked = await writer.evaluate(await writer.token(), 'note.write');
  decisionId = asked.body.context.id;
  const [row] = await sql<{ id: string; digest: string }>(
    'SELECT id, digest FROM approvals WHERE workspace_id = $1 AND decision_id = $2',
    [workspace.id, decisionId],
  );
  approvalId = row?.id ?? '';
  const rita = { actor: await makePerson(workspace.id, 'reviewer', 'Rita'), now: new Date() };
  await approveAction(rita, approvalId, { digest: row?.digest ?? '' });
});

/** The writer's token for a task of its own that was narrowed to another tool. */
const narrowed = async () => writer.token({ scope: 'note.read' });
const approved = () => ({ approval: { id: approvalId } });

async function send(handler: Handler, token: string, path: string, body?: object, more = {}) {
  const response = await handler(
    new Request(`${ORIGIN}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...more,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    { params: Promise.resolve({ id: decisionId }) },
  );
  return (await response.json()) as {
    code?: string;
    state?: string;
    decision?: boolean;
    permit?: object;
  };
}

describe('an approval', () => {
  it('is for whoever asked for it, and not for a chain that it did not come through', async () => {
    const through = await writer.actFor(await reader.token());
    expect((await writer.evaluate(through, 'note.write', approved())).body).toMatchObject({
      decision: false,
      context: { outcome: 'deny' },
    });
    expect(await writer.may(await writer.token(), 'note.write')).not.toBe('allow');
    const own = await writer.evaluate(await writer.token(), 'note.write', approved());
    expect(own.body.decision).toBe(true);
  });

  it('is not for a token that was narrowed to other tools', async () => {
    const narrow = await narrowed();
    const answer = await writer.evaluate(narrow, 'note.write', approved());
    expect(answer.body).toMatchObject({ decision: false });
    const path = `/api/v1/decisions/${decisionId}`;
    const { action, resource } = writer.asking('note.write');
    const redeem = (token: string) =>
      send(redeemHandler, token, `${path}/redeem`, { action, resource });
    expect(await send(decisionStatusHandler, narrow, `${path}?wait=0`)).toMatchObject({
      code: 'token_too_narrow',
    });
    expect(await redeem(narrow)).toMatchObject({ code: 'token_too_narrow' });
    const own = await writer.token();
    expect(await send(decisionStatusHandler, own, `${path}?wait=0`)).toHaveProperty('permit');
    expect(await redeem(own)).toMatchObject({ state: 'redeemed' });
  });
});

it('a request that is repeated by its key is another one with a narrower token', async () => {
  const able = await makeSigningAgent(workspace);
  const key = { 'idempotency-key': newId() };
  const evaluate = async (token: string) =>
    send(evaluationHandler, token, '/access/v1/evaluation', able.asking('note.write'), key);
  expect(await evaluate(await able.token())).toMatchObject({ decision: true });
  const again = await evaluate(await able.token({ scope: 'note.read' }));
  expect(again).toMatchObject({ code: 'idempotency_key_reused' });
});
