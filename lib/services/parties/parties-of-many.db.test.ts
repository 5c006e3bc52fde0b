import { beforeEach, describe, expect, it } from 'vitest';
import { newId, sql, type Sql } from '@/lib/db';
import { knownPeople, partOf, selectPartiesOf, type Asked } from '@/lib/decide';
import { lockApproval } from '@/lib/services/approvals/lock';
import {
  askForApproval,
  makeAskingAgent,
  makeKeyBy,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';

let workspace: TestWorkspace;
/** What is asked of the database, as it is asked. */
let asked: string[];
const counting: Sql = (text, values) => {
  asked.push(text);
  return sql(text, values);
};

beforeEach(async () => {
  workspace = await makeWorkspace();
  asked = [];
});

/** A call that everybody has a part in: another session, key and chain for each. */
async function manyParts(owner: string): Promise<Asked> {
  const { id: agentId } = await makeAskingAgent(workspace, { owner });
  const sessionId = `s-${newId()}`;
  await sql(
    `INSERT INTO sessions (workspace_id, id, agent_id, request, created_at, end_user) VALUES ($1, $2, $3, 'Change it', now(), $4)`,
    [workspace.id, sessionId, agentId, `asker of ${owner}`],
  );
  const { actor } = await makeKeyBy(workspace.as('admin'), 'gateway');
  return {
    agentId,
    agentOwner: owner,
    agentOwnerPersonId: null,
    sessionId,
    askedWith: {
      endUser: `user of ${owner}`,
      sentBy: `key:${actor.keyId}`,
      delegators: [`agent:${agentId}`, `passed on for ${owner}`],
    },
  };
}

describe('the parts in many actions', () => {
  it('are read with as many queries as those in one, and stay apart', async () => {
    const calls = [await manyParts('Ann'), await manyParts('Bob'), await manyParts('Cleo')];
    await selectPartiesOf(counting, workspace.id, calls.slice(0, 1));
    const forOne = asked.length;
    asked = [];
    const parties = await selectPartiesOf(counting, workspace.id, calls);
    expect(asked).toHaveLength(forOne);
    for (const [index, owner] of ['Ann', 'Bob', 'Cleo'].entries()) {
      const of = (name: string) => partOf(parties[index] ?? [], { name })?.part;
      expect(of(owner)).toBe('owner');
      expect(of(`asker of ${owner}`)).toBe('requester');
      expect(of(`user of ${owner}`)).toBe('requester');
      expect(of(`passed on for ${owner}`)).toBe('delegator');
      expect(partOf(parties[index] ?? [], workspace.as('admin').actor)?.part).toBe('gateway');
      expect(of(owner === 'Bob' ? 'Ann' : 'Bob')).toBeUndefined();
    }
  });

  it('ask nothing about people that somebody has read already', async () => {
    const { id } = await makeAskingAgent(workspace);
    const { approvalId } = await askForApproval(workspace, id);
    const people = await knownPeople(sql, workspace.id);
    const aboutPeople = () => asked.filter((text) => text.includes('FROM memberships me'));
    await lockApproval(counting, workspace.id, approvalId);
    expect(aboutPeople()).toHaveLength(1);
    asked = [];
    await lockApproval(counting, workspace.id, approvalId, people);
    expect(aboutPeople()).toEqual([]);
  });
});
