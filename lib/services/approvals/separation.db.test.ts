import { beforeEach, describe, expect, it } from 'vitest';
import { newId, sql } from '@/lib/db';
import type { Proposal } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import {
  askToWrite,
  makeAgent,
  makeAskingAgent,
  makeKeyBy,
  makePerson,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { approveAction } from './approve';
import { claimApproval } from './claim';
import { getApproval } from './get';
import { rejectAction } from './reject';

let workspace: TestWorkspace;
let ann: ServiceContext;
let agentId: string;

beforeEach(async () => {
  workspace = await makeWorkspace();
  ann = await signIn('Ann Example');
  agentId = (await makeAskingAgent(workspace)).id;
});

async function signIn(name: string, email?: string): Promise<ServiceContext> {
  const actor = await makePerson(workspace.id, 'admin', name);
  if (email !== undefined)
    await sql('UPDATE people SET email = $2 WHERE id = $1', [actor.personId, email]);
  return { actor: { ...actor, email: email ?? actor.email }, now: new Date() };
}

const emailOf = ({ actor }: ServiceContext): string =>
  (actor.kind === 'person' ? actor.email : actor.author?.email) ?? '';
const idOf = ({ actor }: ServiceContext): string =>
  actor.kind === 'person' ? actor.personId : actor.keyId;

async function ask(changes: Partial<Proposal> = {}): Promise<{ id: string; digest: string }> {
  const decided = await askToWrite(workspace, agentId, changes);
  if (decided.approval === undefined) throw new Error(`nothing waits: ${decided.outcome}`);
  return { id: decided.approval.id, digest: decided.digest };
}

/** Every way to a verdict is closed, each says why, and the page knows it before. */
async function refused(who: ServiceContext, approval: { id: string; digest: string }, as: string) {
  const code = expect.objectContaining({ code: as, kind: 'forbidden' }) as unknown;
  await expect(approveAction(who, approval.id, { digest: approval.digest })).rejects.toEqual(code);
  await expect(rejectAction(who, approval.id, { reason: 'other' })).rejects.toEqual(code);
  await expect(claimApproval(who, approval.id)).rejects.toEqual(code);
  const { mayDecide, state } = await getApproval(who, approval.id);
  expect(mayDecide.allowed).toBe(false);
  expect(mayDecide.why).toMatch(/somebody else has to decide/);
  expect(state).toBe('pending');
}
const decidedBy = async (who: ServiceContext, { id, digest }: { id: string; digest: string }) =>
  (await approveAction(who, id, { digest })).state;

describe('the owner of the agent does not decide', () => {
  it('in person, whether written down by address, by name or by account', async () => {
    for (const owner of [emailOf(ann), 'ann example', emailOf(ann).toUpperCase()]) {
      agentId = (await makeAskingAgent(workspace, { owner })).id;
      await refused(ann, await ask(), 'own_agent');
    }
  });

  it('through a key of theirs, or a key that this key made', async () => {
    agentId = (await makeAskingAgent(workspace, { owner: emailOf(ann) })).id;
    const key = await makeKeyBy(ann, 'admin');
    const second = await makeKeyBy(key, 'reviewer');
    const approval = await ask();
    await refused(key, approval, 'own_agent');
    await refused(second, approval, 'own_agent');
  });

  it('with a second account: under the same name, or in the same mailbox', async () => {
    agentId = (await makeAskingAgent(workspace, { owner: emailOf(ann) })).id;
    const approval = await ask();
    await refused(await signIn('Ann  EXAMPLE'), approval, 'own_agent');
    const tagged = emailOf(ann).replace('@', '+second@');
    await refused(await signIn('Nobody known', tagged), approval, 'own_agent');
  });

  it('and a key of the second account does not either', async () => {
    agentId = (await makeAskingAgent(workspace, { owner: emailOf(ann) })).id;
    const key = await makeKeyBy(await signIn('Ann Example'), 'reviewer');
    await refused(key, await ask(), 'own_agent');
  });
});

describe('whoever asked for the action does not decide', () => {
  it('as the end user the agent names', async () => {
    await refused(ann, await ask({ endUser: emailOf(ann) }), 'own_request');
    await refused(ann, await ask({ endUser: idOf(ann) }), 'own_request');
  });

  it('as the end user of the session, whatever the call says', async () => {
    const id = newId();
    await sql(
      `INSERT INTO sessions (workspace_id, id, agent_id, end_user, request, created_at) VALUES ($1, $2, $3, $4, 'Help', now())`,
      [workspace.id, id, agentId, emailOf(ann)],
    );
    const approval = await ask({ sessionId: id, endUser: 'customer-1' });
    await refused(ann, approval, 'own_request');
  });

  it('as whoever made the gateway key that sent it', async () => {
    const key = await makeKeyBy(ann, 'gateway');
    const approval = await ask({ actor: `key:${idOf(key)}` });
    await refused(ann, approval, 'own_key');
    await refused(await makeKeyBy(ann, 'reviewer'), approval, 'own_key');
  });
});

describe('whoever passed the action on does not decide', () => {
  it('in the chain the call declares, by address, id or name', async () => {
    for (const name of [emailOf(ann), idOf(ann), `person:${idOf(ann)}`, 'Ann Example'])
      await refused(ann, await ask({ delegators: ['planner', name] }), 'own_delegation');
  });

  it('through an agent of theirs that gave the order, by its id or its name', async () => {
    const planner = await makeAgent(workspace, { name: 'Planner', owner: emailOf(ann) });
    for (const name of [planner.id, `agent:${planner.id}`, 'planner'])
      await refused(ann, await ask({ delegators: [name] }), 'own_delegation');
    const second = await signIn('Ann Example');
    await refused(second, await ask({ delegators: [planner.id] }), 'own_delegation');
  });
});

describe('anybody else decides', () => {
  it('also next to owners, requesters and delegators', async () => {
    agentId = (await makeAskingAgent(workspace, { owner: emailOf(ann) })).id;
    const approval = await ask({ endUser: 'customer-1', delegators: ['planner'] });
    expect(await decidedBy(await signIn('Grace'), approval)).toBe('approved');
  });

  it('and what was asked for before this was kept can still be decided', async () => {
    const approval = await ask();
    await sql('UPDATE decisions SET asked_with = NULL WHERE workspace_id = $1', [workspace.id]);
    expect(await decidedBy(ann, approval)).toBe('approved');
  });
});
