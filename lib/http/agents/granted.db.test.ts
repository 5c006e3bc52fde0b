/** What runs under a reviewer's grant, asked for by a caller that would run it at once. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { DecisionStatus, EvaluationResponse } from '@/lib/contracts';
import { call } from '@/lib/http/testing/fleet';
import { approveAction } from '@/lib/services/approvals/approve';
import { getApproval } from '@/lib/services/approvals/get';
import { listGrants } from '@/lib/services/grants/list';
import { revokeGrant } from '@/lib/services/grants/revoke';
import {
  ledgerKinds,
  makeAskingAgent,
  makeKeyContext,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { decisionStatusHandler, redeemHandler } from './decisions';
import { evaluationHandler } from './evaluation';

let workspace: TestWorkspace;
let agentId: string;
let key: string;

const action = (amount: number) => ({
  action: { name: 'crm.update', properties: { arguments: { field: 'discount', amount } } },
  resource: { type: 'customer', id: 'c-1' },
});
const ask = async (amount: number) => {
  const subject = { type: 'agent', id: agentId };
  const body = { subject, ...action(amount), context: { redeem: true } };
  return (await call<EvaluationResponse>(evaluationHandler, { key, body })).body.context;
};
const stateOf = async (id: string) => {
  const asked = { method: 'GET', key, params: { id } };
  return (await call<DecisionStatus>(decisionStatusHandler, asked)).body.state;
};
const redeem = async (id: string, amount: number) => {
  const asked = { key, params: { id }, body: action(amount) };
  const { status, body } = await call<{ code?: string; state?: string }>(redeemHandler, asked);
  return [status, body.code ?? body.state];
};
const grants = async () =>
  (await listGrants(workspace.as('reviewer'), { state: 'live', limit: 10 })).items;
const ledger = () => ledgerKinds(workspace.id);

beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
  ({ key } = await makeKeyContext(workspace, 'gateway'));
  const { approval } = await ask(100);
  const { digest } = await getApproval(workspace.as('reviewer'), approval?.id ?? '');
  await approveAction(workspace.as('reviewer'), approval?.id ?? '', {
    digest,
    scope: { uses: 3, minutes: 30, vary: ['/arguments/amount'] },
  });
});

describe('an evaluation with context.redeem that a grant allows', () => {
  it('spends nothing, and is answered with a permit that is redeemed once', async () => {
    const before = (await ledger()).filter((kind) => kind === 'permit.redeemed').length;
    const { id, outcome, permit, redeemedAt } = await ask(50);
    expect([outcome, redeemedAt]).toEqual(['allow', undefined]);
    expect(permit?.token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect((await grants())[0]?.uses).toBe(1);
    expect(await stateOf(id)).toBe('final');
    expect((await ledger()).filter((kind) => kind === 'permit.redeemed')).toHaveLength(before);
    expect(await redeem(id, 50)).toEqual([200, 'redeemed']);
    expect(await redeem(id, 50)).toEqual([409, 'already_redeemed']);
    expect(await stateOf(id)).toBe('redeemed');
    expect((await ledger()).filter((kind) => kind === 'permit.redeemed')).toHaveLength(before + 1);
  });

  it('cannot be redeemed once the grant was taken back, which is why it was not spent at once', async () => {
    const { id } = await ask(50);
    const [grant] = await grants();
    await revokeGrant(workspace.as('reviewer'), grant?.id ?? '');
    const [status] = await redeem(id, 50);
    expect(status).toBe(409);
    expect(await stateOf(id)).toBe('final');
  });
});
