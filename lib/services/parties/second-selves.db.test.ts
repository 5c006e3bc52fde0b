import { beforeEach, describe, expect, it } from 'vitest';
import { newId, sql } from '@/lib/db';
import type { Proposal } from '@/lib/decide';
import { rotateAgentKey } from '@/lib/services/agents/rotate-key';
import { approveAction } from '@/lib/services/approvals/approve';
import { getApproval } from '@/lib/services/approvals/get';
import type { ServiceContext } from '@/lib/services/context';
import { giveFeedback } from '@/lib/services/feedback/give';
import { listFeedback } from '@/lib/services/feedback/list';
import { createOverride } from '@/lib/services/overrides/create';
import {
  askToWrite,
  makeAskingAgent,
  makePerson,
  makeWorkspace,
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

async function signIn(name: string, email?: string): Promise<ServiceContext> {
  const actor = await makePerson(workspace.id, 'manager', name);
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

  it('is not whoever registered it', async () => {
    agentId = (await makeAskingAgent(workspace)).id;
    expect(await approve(workspace.as('manager'))).toBeDefined();
  });

  it('decides where nobody else can sign in who might', async () => {
    await sql(
      `UPDATE people SET password_hash = NULL WHERE id <> $1 AND id IN (SELECT person_id FROM memberships WHERE workspace_id = $2)`,
      [mallory.actor.kind === 'person' ? mallory.actor.personId : null, workspace.id],
    );
    expect(await approve(mallory)).toBeDefined();
  });
});
