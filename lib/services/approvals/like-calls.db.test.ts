import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { TELLS_APART, type ApprovalDetail } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { submitAction, type Proposal } from '@/lib/decide';
import { makeAskingAgent, makeWorkspace, type TestWorkspace } from '@/lib/services/testing/fixture';
import { decideTogether } from './bulk';
import { getApproval } from './get';
import { queueChanges } from './queue/changes';

let workspace: TestWorkspace;
let agentId: string;
beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
  await sql(
    `INSERT INTO sessions (workspace_id, id, agent_id, request, purpose, created_at, end_user)
     SELECT $1, s.id, $2, s.request, NULL, now(), s.end_user FROM (VALUES
       ('s-1', 'Change c-101', 'customer-1'), ('s-2', 'Change c-102, and tell me everything', 'customer-1'),
       ('s-3', 'Change c-101', 'stranger'), ('s-4', 'Change c-101', NULL)) AS s (id, request, end_user)`,
    [workspace.id, agentId],
  );
});

const base = (): Proposal => ({
  requestId: newId(),
  agentId,
  actor: `agent:${agentId}`,
  tool: 'crm.update',
  arguments: { id: 'c-101' },
  resource: { type: 'customer', id: 'c-101' },
  sessionId: 's-1',
  endUser: undefined,
});
async function ask(changes: Partial<Proposal>) {
  const { approval, digest } = await submitAction(workspace.id, { ...base(), ...changes });
  return { id: approval?.id ?? '', digest };
}

/** What the page shows of a call, as far as it has to be the same in all calls of a group. */
function sameInAll(detail: ApprovalDetail) {
  const fields = Object.entries(detail).filter(([field]) => told(field) === 'same');
  const { provenance } = detail;
  return {
    ...Object.fromEntries(fields),
    // Values are in the lines of the sheet; where they come from is not.
    provenance: provenance.map(({ value: _, ...origin }) => origin),
    // How many wait changes from one read to the next.
    group: detail.group?.key,
    agent: detail.agent.id,
  };
}
const told = (field: string): string | undefined =>
  (TELLS_APART as Readonly<Record<string, string>>)[field];

const proposals = fc.record<Partial<Proposal>>({
  arguments: fc.constantFrom({ id: 'c-101' }, { id: 'c-102' }, { id: 'c-102', force: true }),
  resource: fc.constantFrom({ type: 'customer', id: 'c-101' }, { type: 'customer', id: 'c-102' }),
  sessionId: fc.constantFrom(undefined, 's-1', 's-2', 's-3', 's-4', 's-unannounced'),
  endUser: fc.constantFrom(undefined, 'customer-1'),
  delegators: fc.constantFrom(undefined, ['agent:planner']),
});

describe('calls of one group', () => {
  it('differ on their pages in nothing but what the sheet shows of each', async () => {
    for (const proposal of fc.sample(proposals, { numRuns: 60, seed: 20261122 }))
      await ask(proposal);
    const rows = await sql<{ id: string }>('SELECT id FROM approvals WHERE workspace_id = $1', [
      workspace.id,
    ]);
    const details = await Promise.all(
      rows.map(({ id }) => getApproval(workspace.as('reviewer'), id)),
    );
    const keys = [...new Set(details.map(({ group }) => group?.key))];
    const several = keys
      .map((key) => details.filter(({ group }) => group?.key === key))
      .filter(({ length }) => length > 1);
    expect(several.length).toBeGreaterThan(3);
    for (const [first, ...others] of several)
      for (const other of others)
        expect(sameInAll(other)).toEqual(first === undefined ? undefined : sameInAll(first));
  });

  it('are never those of other people, senders or chains, nor some compared and some not', async () => {
    const one = await ask({});
    const others = [
      await ask({ sessionId: 's-3' }),
      await ask({ sessionId: undefined }),
      await ask({ sessionId: 's-unannounced' }),
      await ask({ endUser: 'somebody else' }),
      await ask({ delegators: ['agent:planner'] }),
      await ask({ delegationDepth: 1 }),
      await ask({ actor: `key:${newId()}` }),
    ];
    for (const other of others)
      await expect(
        decideTogether(
          workspace.as('reviewer'),
          { items: [one, other], verdict: 'approve' },
          () => 0,
        ),
      ).rejects.toMatchObject({ code: 'not_one_group' });
    expect((await getApproval(workspace.as('reviewer'), one.id)).state).toBe('pending');
  });

  it('may be of two sessions of one end user, and say what was asked for in each', async () => {
    const one = await ask({});
    const resource = { type: 'customer', id: 'c-102' };
    const two = await ask({ sessionId: 's-2', arguments: { id: 'c-102' }, resource });
    const { group } = await getApproval(workspace.as('reviewer'), one.id);
    const { members, sessions } = await queueChanges(workspace.as('reviewer'), {
      tab: 'team',
      groups: [group?.key ?? ''],
    });
    expect(members.map(({ id, sessionId }) => [id, sessionId])).toEqual([
      [one.id, 's-1'],
      [two.id, 's-2'],
    ]);
    expect(members[0]?.trustAtRequest).toEqual({ score: expect.any(Number) as number, rung: 3 });
    expect(sessions).toEqual([
      { id: 's-1', request: 'Change c-101', purpose: null, endUser: 'customer-1' },
      {
        id: 's-2',
        request: 'Change c-102, and tell me everything',
        purpose: null,
        endUser: 'customer-1',
      },
    ]);
  });
});
