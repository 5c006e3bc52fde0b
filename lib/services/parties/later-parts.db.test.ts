import { beforeEach, describe, expect, it } from 'vitest';
import { newId, sql } from '@/lib/db';
import { redeemPermit, submitAction, whyNotRedeemable, type Proposal } from '@/lib/decide';
import { registerAgent } from '@/lib/services/agents/register';
import { removeIdentitySubject } from '@/lib/services/agents/external/issuers';
import { revokeAgentKey } from '@/lib/services/agents/revoke-key';
import { rotateAgentKey } from '@/lib/services/agents/rotate-key';
import { approveAction } from '@/lib/services/approvals/approve';
import { getApproval } from '@/lib/services/approvals/get';
import type { ServiceContext } from '@/lib/services/context';
import { listGrants } from '@/lib/services/grants/list';
import { makeSubject } from '@/lib/services/testing/subjects';
import { forgetEndedCredentials } from '@/lib/services/upkeep/key-expiries';
import {
  agentInput,
  makeAskingAgent,
  makePerson,
  makeWorkspace,
  newPublicKey,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';

let workspace: TestWorkspace;
let agentId: string;
let ann: ServiceContext;
let bob: ServiceContext;

beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
  ann = await signIn('Ann');
  bob = await signIn('Bob');
});

async function signIn(name: string): Promise<ServiceContext> {
  const actor = await makePerson(workspace.id, 'manager', name);
  await sql(`UPDATE people SET password_hash = 'x' WHERE id = $1`, [actor.personId]);
  return { actor, now: new Date() };
}

const CALL = {
  tool: 'crm.update',
  arguments: { id: 'c-1' },
  resource: { type: 'customer', id: 'c-1' },
};
const ask = (changes: Partial<Proposal> = {}) =>
  submitAction(workspace.id, {
    requestId: newId(),
    agentId,
    actor: `agent:${agentId}`,
    ...CALL,
    sessionId: undefined,
    endUser: undefined,
    ...changes,
  });
const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const takeKey = () => rotateAgentKey(ann, agentId, newPublicKey());

describe('a part that somebody gives up after they asked', () => {
  const refuses = async (asked: Awaited<ReturnType<typeof ask>>) => {
    const { approval, digest } = asked;
    const id = approval?.id ?? '';
    await expect(approveAction(ann, id, { digest })).rejects.toEqual(code('own_agent_key'));
    expect((await approveAction(bob, id, { digest })).state).toBe('approved');
  };

  it('stays theirs in what their key signed, when they take it out again', async () => {
    await takeKey();
    const [row] = await sql<{ kid: string }>(
      'SELECT kid FROM agent_keys WHERE workspace_id = $1 AND agent_id = $2 AND revoked_at IS NULL',
      [workspace.id, agentId],
    );
    const kid = row?.kid ?? '';
    const asked = await ask({ credentials: { [agentId]: `key:${kid}` } });
    await revokeAgentKey(ann, agentId, { kid, reason: 'Done' });
    await refuses(asked);
    const { approval, digest } = await ask({ arguments: { id: 'c-2' } });
    expect((await approveAction(ann, approval?.id ?? '', { digest })).state).toBe('approved');
  });

  it('stays theirs in what was asked with an identity from elsewhere that they added', async () => {
    const { personId } = ann.actor as { personId: string };
    const [issuer, subject] = await makeSubject(workspace.id, agentId, personId);
    const asked = await ask({ credentials: { [agentId]: `subject:${subject}` } });
    await removeIdentitySubject(workspace.as('admin'), issuer, subject);
    await forgetEndedCredentials(Date.now() + 86_400_000);
    await refuses(asked);
  });
});

describe('a part that somebody takes after they approved', () => {
  const redemption = (decisionId: string) => ({
    ...CALL,
    workspaceId: workspace.id,
    agentId,
    decisionId,
    actor: `agent:${agentId}`,
    now: Date.now(),
  });
  const grant = async (changes: Partial<Proposal> = {}) => {
    const { approval, digest } = await ask(changes);
    const scope = { uses: 5, minutes: 10, vary: [] };
    await approveAction(ann, approval?.id ?? '', { digest, scope });
    expect((await ask(changes)).outcome).toBe('allow');
  };
  const ends = async () => {
    const { items } = await listGrants(ann, { state: 'all', limit: 10 });
    return items.map(({ ended }) => ended?.code);
  };

  it('ends their grant: what they might ask for themselves waits for somebody else', async () => {
    await grant();
    await takeKey();
    expect((await ask()).outcome).toBe('require_approval');
    expect(await ends()).toEqual(['giver_has_part']);
  });

  it('ends their grant for calls that come through an agent of theirs', async () => {
    const delegators = ['agent:helper'];
    await grant({ delegators });
    await registerAgent(bob, agentInput({ name: 'Helper', owner: 'Ann' }));
    expect((await ask({ delegators })).outcome).toBe('require_approval');
    expect(await ends()).toEqual(['giver_has_part']);
  });

  it('ends their grant when they take the key of an agent that its calls come through', async () => {
    const link = (await makeAskingAgent(workspace)).id;
    const behind = { delegators: [`agent:${link}`] };
    await grant(behind);
    await rotateAgentKey(bob, link, newPublicKey());
    expect((await ask(behind)).outcome).toBe('allow');
    await rotateAgentKey(ann, link, newPublicKey());
    expect((await ask(behind)).outcome).toBe('require_approval');
    expect(await ends()).toEqual(['giver_has_part']);
  });

  it('leaves the grants of others as they are', async () => {
    await grant();
    await rotateAgentKey(bob, agentId, newPublicKey());
    expect((await ask()).outcome).toBe('allow');
  });

  it('keeps the second of two from finishing what they began', async () => {
    const { approval, digest } = await ask();
    const id = approval?.id ?? '';
    await sql('UPDATE approvals SET verdicts_needed = 2 WHERE id = $1', [id]);
    await approveAction(ann, id, { digest });
    await takeKey();
    expect((await getApproval(bob, id)).mayApprove).toMatchObject({
      allowed: false,
      code: 'approver_has_part',
    });
    await expect(approveAction(bob, id, { digest })).rejects.toEqual(code('approver_has_part'));
  });

  it('takes the permit of what they approved', async () => {
    const { id, approval, digest } = await ask();
    await approveAction(ann, approval?.id ?? '', { digest });
    expect(await whyNotRedeemable(redemption(id))).toBeUndefined();
    await takeKey();
    expect(await whyNotRedeemable(redemption(id))).toEqual(code('approver_has_part'));
    await expect(redeemPermit(redemption(id))).rejects.toEqual(code('approver_has_part'));
  });

  it('changes nothing about what others approved', async () => {
    const { id, approval, digest } = await ask();
    await approveAction(bob, approval?.id ?? '', { digest });
    await takeKey();
    expect(await redeemPermit(redemption(id))).toHaveProperty('redeemedAt');
  });
});
