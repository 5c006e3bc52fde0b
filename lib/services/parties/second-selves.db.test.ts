import { beforeEach, describe, expect, it } from 'vitest';
import type { PersonRole } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { knownPeople, redeemPermit, type Proposal } from '@/lib/decide';
import { registerAgent } from '@/lib/services/agents/register';
import { rotateAgentKey } from '@/lib/services/agents/rotate-key';
import { approveAction } from '@/lib/services/approvals/approve';
import { getApproval } from '@/lib/services/approvals/get';
import type { ServiceContext } from '@/lib/services/context';
import { giveFeedback } from '@/lib/services/feedback/give';
import { listFeedback } from '@/lib/services/feedback/list';
import { createOverride } from '@/lib/services/overrides/create';
import {
  agentInput,
  askToWrite,
  makeAskingAgent,
  makePerson,
  makeTool,
  makeWorkspace,
  makeWriteTool,
  newPublicKey,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';

let workspace: TestWorkspace;
let owner: string;
let agentId: string;
/** Another mailbox, the same name: to Belay the same person. */
let second: ServiceContext;

beforeEach(async () => {
  workspace = await makeWorkspace();
  owner = `ann.${newId()}@corp.example`;
  await signIn('Ann Lee', owner);
  second = await signIn('Ann Lee');
  agentId = (await makeAskingAgent(workspace, { owner })).id;
});

async function signIn(
  name: string,
  email?: string,
  role: PersonRole = 'manager',
): Promise<ServiceContext> {
  const actor = await makePerson(workspace.id, role, name);
  const address = email ?? actor.email;
  await sql(`UPDATE people SET email = $2, password_hash = 'x' WHERE id = $1`, [
    actor.personId,
    address,
  ]);
  return { actor: { ...actor, email: address }, now: new Date() };
}

const ask = (changes: Partial<Proposal> = {}) => askToWrite(workspace, agentId, changes);
async function approve(who: ServiceContext, changes: Partial<Proposal> = {}) {
  const { approval, digest, id } = await ask(changes);
  await approveAction(who, approval?.id ?? '', { digest });
  return id;
}
const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const pin = (who: ServiceContext) =>
  createOverride(who, agentId, {
    rung: 4,
    until: new Date(Date.now() + 86_400_000).toISOString(),
    reason: 'More',
  });
const right = (who: ServiceContext, decisionId: string) =>
  giveFeedback(who, decisionId, { verdict: 'right', reason: 'It was' });

describe('the second account of the owner', () => {
  it('gives the agent no more autonomy', async () => {
    await expect(pin(second)).rejects.toEqual(code('own_agent'));
    expect((await pin(await signIn('Grace'))).id).toBe(agentId);
  });

  it('does not say how an action went', async () => {
    const decisionId = await approve(workspace.as('reviewer'));
    await expect(right(second, decisionId)).rejects.toEqual(code('own_agent'));
    const { mayGive } = await listFeedback(second, decisionId);
    expect(mayGive).toMatchObject({ allowed: false, why: /somebody else has to say/ });
  });
});

describe('whoever asked for an action', () => {
  beforeEach(async () => {
    agentId = (await makeAskingAgent(workspace)).id;
  });

  it('does not say how it went, nor does their second account', async () => {
    const decisionId = await approve(workspace.as('reviewer'), { endUser: owner });
    await expect(right(second, decisionId)).rejects.toEqual(code('own_request'));
    expect((await right(await signIn('Grace'), decisionId)).verdict).toBe('right');
  });

  it('has no call of theirs run under a grant of their second account', async () => {
    const { approval, digest } = await ask();
    const scope = { uses: 5, minutes: 10, vary: [] };
    await approveAction(second, approval?.id ?? '', { digest, scope });
    expect((await ask({ endUser: owner })).outcome).toBe('require_approval');
    expect((await ask({ endUser: 'customer-1' })).outcome).toBe('allow');
  });
});

describe('whoever replaced the key of an agent', () => {
  let mallory: ServiceContext;
  beforeEach(async () => {
    mallory = await signIn('Mallory');
    await rotateAgentKey(mallory, agentId, newPublicKey());
  });

  it('decides nothing about it while somebody else can', async () => {
    const { approval, digest } = await ask();
    const id = approval?.id ?? '';
    await expect(approveAction(mallory, id, { digest })).rejects.toEqual(code('own_agent_key'));
    expect((await getApproval(mallory, id)).mayDecide).toMatchObject({ allowed: false });
    expect((await approveAction(workspace.as('reviewer'), id, { digest })).state).toBe('approved');
  });

  it('decides again once the key was replaced by somebody else', async () => {
    await rotateAgentKey(await signIn('Grace'), agentId, newPublicKey());
    expect(await approve(mallory)).toBeDefined();
  });

  it('does not decide by lowering the others afterwards, until the agent has another key', async () => {
    await onlyDecides(mallory);
    const { approval, digest } = await ask();
    const approving = approveAction(mallory, approval?.id ?? '', { digest });
    await expect(approving).rejects.toMatchObject({
      code: 'own_agent_key',
      message: expect.stringContaining('give the agent another key') as string,
    });
    await rotateAgentKey(mallory, agentId, newPublicKey());
    expect(await approve(mallory)).toBeDefined();
    await signIn('Grace');
    const next = await ask();
    await expect(
      approveAction(mallory, next.approval?.id ?? '', { digest: next.digest }),
    ).rejects.toEqual(code('own_agent_key'));
  });
});

describe('whoever registered an agent', () => {
  let registrar: ServiceContext;
  beforeEach(async () => {
    registrar = await signIn('Mallory');
    agentId = (await registerAgent(registrar, agentInput({ owner: 'Payments team' }))).id;
    await makeTool(workspace, 'crm.read', { dataClass: 'confidential' });
  });
  const read = (customer: string) => ask({ tool: 'crm.read', arguments: { customer } });
  const approving = async (
    who: ServiceContext,
    { approval, digest }: Awaited<ReturnType<typeof ask>>,
  ) => approveAction(who, approval?.id ?? '', { digest });

  it('approves the first call of it, and none after', async () => {
    const [first, next] = [await read('1'), await read('2')];
    const redeemable = { digest: first.digest, scope: { uses: 5, minutes: 10, vary: [] } };
    const id = first.approval?.id ?? '';
    await expect(approveAction(registrar, id, redeemable)).rejects.toEqual(code('own_agent_key'));
    expect((await getApproval(registrar, id)).mayGrant).toMatchObject({ allowed: false });
    expect((await approving(registrar, first)).state).toBe('approved');
    await redeemPermit({
      workspaceId: workspace.id,
      agentId,
      decisionId: first.id,
      actor: `agent:${agentId}`,
      tool: 'crm.read',
      arguments: { customer: '1' },
      resource: { type: 'customer', id: 'c-1' },
      now: Date.now(),
    });
    await expect(approving(registrar, next)).rejects.toEqual(code('own_agent_key'));
    expect((await approving(second, next)).state).toBe('approved');
    await expect(right(registrar, first.id)).rejects.toEqual(code('own_agent_key'));
  });

  it('tries out no other agent that acts for it', async () => {
    const link = agentId;
    agentId = (await registerAgent(second, agentInput({ name: 'Other' }))).id;
    const behind = { delegators: [`agent:${link}`], chain: [link] };
    const asked = await ask({ tool: 'crm.read', arguments: { customer: '1' }, ...behind });
    await expect(approving(registrar, asked)).rejects.toEqual(code('own_agent_key'));
  });

  it('approves one of several at once', async () => {
    const calls = [await read('1'), await read('2'), await read('3')];
    const tries = await Promise.allSettled(calls.map((call) => approving(registrar, call)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of tries)
      if (one.status === 'rejected') expect(one.reason).toEqual(code('own_agent_key'));
  });

  it('gives it no rung it has not earned, and decides nothing of what it asks above the lowest', async () => {
    await expect(pin(registrar)).rejects.toEqual(code('own_agent_key'));
    await makeWriteTool(workspace);
    await createOverride(second, agentId, {
      rung: 3,
      until: new Date(Date.now() + 86_400_000).toISOString(),
      reason: 'Known',
    });
    await expect(approving(registrar, await ask())).rejects.toEqual(code('own_agent_key'));
  });

  it('does all of it while they are alone, as somebody who tries Belay out', async () => {
    await onlyDecides(registrar);
    agentId = (await registerAgent(registrar, agentInput({ owner: 'Platform team' }))).id;
    await approving(registrar, await read('1'));
    await approving(registrar, await read('2'));
    expect((await pin(registrar)).trust.rung).toBe(4);
  });
});

describe('whoever is alone', () => {
  it('decides about an agent whose key they replaced, beside viewers and accounts that are shut out', async () => {
    const ann = await signIn('Ann', undefined, 'admin');
    await onlyDecides(ann);
    await signIn('Vera', undefined, 'viewer');
    const left = await signIn('Left');
    await sql(`UPDATE people SET disabled_at = now() - interval '2 days' WHERE id = $1`, [
      idOf(left),
    ]);
    const known = await knownPeople(sql, workspace.id);
    expect(known.filter(({ decides }) => decides).map(({ name }) => name)).toEqual(['Ann']);
    await rotateAgentKey(ann, agentId, newPublicKey());
    expect(await approve(ann)).toBeDefined();
  });
});

const idOf = ({ actor }: ServiceContext) => (actor.kind === 'person' ? actor.personId : null);

/** Nobody else of the workspace can sign in. */
const onlyDecides = (somebody: ServiceContext) =>
  sql(
    `UPDATE people SET password_hash = NULL WHERE id <> $1 AND id IN (SELECT person_id FROM memberships WHERE workspace_id = $2)`,
    [idOf(somebody), workspace.id],
  );
