import { beforeEach, describe, expect, it } from 'vitest';
import type { ListQuery } from './conditions';
import { approvalListQuerySchema } from '@/lib/contracts';
import { sql } from '@/lib/db';
import {
  askForApproval,
  makeAskingAgent,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { claimApproval } from '../claim';
import { listApprovals } from '../list';
import { rejectAction } from '../reject';
import { assignApproval } from './assign';
import { queueChanges } from './changes';

type Asked = Awaited<ReturnType<typeof askForApproval>>;

let workspace: TestWorkspace;
let agentId: string;
let first: Asked;

beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
  first = await askForApproval(workspace, agentId, { id: 'c-11', name: 'Ada' });
});

const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const query = (values: Partial<ListQuery> = {}) => ({
  ...approvalListQuerySchema.parse({}),
  ...values,
});
const idsOf = async (values: Partial<ListQuery>, as = workspace.as('reviewer')) =>
  (await listApprovals(as, query(values))).items.map(({ id }) => id);
const personId = (role: 'reviewer' | 'analyst' | 'viewer' | 'manager') =>
  workspace.as(role).actor.personId;
const setRisk = (id: string, risk: string) =>
  sql('UPDATE approvals SET risk = $3 WHERE workspace_id = $1 AND id = $2', [
    workspace.id,
    id,
    risk,
  ]);

describe('tabs', () => {
  it('show what is mine, what nobody has, and everything, each with its count', async () => {
    const second = await askForApproval(workspace, agentId, { id: 'c-12', name: 'Bob' });
    const third = await askForApproval(workspace, agentId, { id: 'c-13', name: 'Cy' });
    await claimApproval(workspace.as('reviewer'), first.approvalId);
    await assignApproval(workspace.as('manager'), second.approvalId, {
      person: personId('reviewer'),
    });
    expect(await idsOf({ tab: 'mine' })).toEqual([first.approvalId, second.approvalId]);
    expect(await idsOf({ tab: 'unclaimed' })).toEqual([third.approvalId]);
    expect(await idsOf({ tab: 'team' })).toHaveLength(3);
    expect(await idsOf({ tab: 'mine' }, workspace.as('analyst'))).toEqual([]);
    const { counts } = await listApprovals(workspace.as('reviewer'), query({ tab: 'team' }));
    expect(counts).toMatchObject({ pending: 3, mine: 2, unclaimed: 1, snoozed: 0, answered: 0 });
  });

  it('show what is assigned to somebody who may not decide any more as unclaimed', async () => {
    await assignApproval(workspace.as('manager'), first.approvalId, {
      person: personId('reviewer'),
    });
    const unclaimed = async () => {
      const page = await listApprovals(workspace.as('analyst'), query({ tab: 'unclaimed' }));
      return [page.items.length, page.counts.unclaimed];
    };
    expect(await unclaimed()).toEqual([0, 0]);
    const become = (role: string) =>
      sql('UPDATE memberships SET role = $3 WHERE workspace_id = $1 AND person_id = $2', [
        workspace.id,
        personId('reviewer'),
        role,
      ]);
    await become('viewer');
    expect(await unclaimed()).toEqual([1, 1]);
    await become('reviewer');
    await sql('UPDATE people SET disabled_at = now() WHERE id = $1', [personId('reviewer')]);
    expect(await unclaimed()).toEqual([1, 1]);
  });

  it('give a claim back when its time is over', async () => {
    await claimApproval(workspace.as('reviewer'), first.approvalId);
    const after = workspace.as('reviewer', later(11));
    expect(await idsOf({ tab: 'mine' }, after)).toEqual([]);
    expect(await idsOf({ tab: 'unclaimed' }, after)).toEqual([first.approvalId]);
  });

  it('never show another workspace', async () => {
    const other = await makeWorkspace();
    for (const tab of ['mine', 'unclaimed', 'team', 'snoozed', 'closed'] as const)
      expect(await idsOf({ tab }, other.as('reviewer'))).toEqual([]);
    const changes = await queueChanges(other.as('reviewer'), {
      tab: 'team',
      ids: [first.approvalId],
    });
    expect(changes).toMatchObject({ changed: [], listed: [], heads: [], members: [] });
  });
});

describe('the order', () => {
  it('of what was closed is by when it closed, whatever closed it, page after page', async () => {
    const second = await askForApproval(workspace, agentId, { id: 'c-12', name: 'Bob' });
    const third = await askForApproval(workspace, agentId, { id: 'c-13', name: 'Cy' });
    await rejectAction(workspace.as('reviewer'), second.approvalId, { reason: 'not_needed' });
    await setKillSwitch(workspace.as('manager', later(1)), {
      scope: { type: 'agent', value: agentId },
      mode: 'halt',
      reason: 'For the order',
    });
    const expired = await sql(
      `UPDATE approvals SET state = 'expired', cancel_reason = NULL, cancelled_at = NULL, expires_at = now() - interval '1 minute'
       WHERE workspace_id = $1 AND id = $2 RETURNING id`,
      [workspace.id, third.approvalId],
    );
    expect(expired).toHaveLength(1);
    const lastFirst = [first, second, third].map(({ approvalId }) => approvalId);
    expect(await idsOf({ tab: 'closed' })).toEqual(lastFirst);
    expect(await idsOf({ tab: 'closed', sort: 'oldest' })).toEqual(lastFirst.toReversed());

    const page = await listApprovals(workspace.as('reviewer'), query({ tab: 'closed', limit: 1 }));
    const next = query({ tab: 'closed', limit: 2, cursor: page.nextCursor ?? undefined });
    expect(await idsOf(next)).toEqual(lastFirst.slice(1));
    expect(page.items[0]?.closedAt).toEqual(expect.any(String));
  });

  it('is by risk, then by the time that is left, page after page', async () => {
    const made = [first];
    for (let n = 0; n < 4; n += 1)
      made.push(await askForApproval(workspace, agentId, { id: `c-2${n}`, name: `N${n}` }));
    await setRisk(made[3]?.approvalId ?? '', 'critical');
    await setRisk(made[1]?.approvalId ?? '', 'high');
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listApprovals(
        workspace.as('viewer'),
        query({ tab: 'team', limit: 2, cursor }),
      );
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual([3, 1, 0, 2, 4].map((n) => made[n]?.approvalId));
  });

  it('refuses the cursor of another sort', async () => {
    await askForApproval(workspace, agentId, { id: 'c-12', name: 'Bob' });
    const page = await listApprovals(workspace.as('viewer'), query({ tab: 'team', limit: 1 }));
    await expect(
      listApprovals(
        workspace.as('viewer'),
        query({ tab: 'team', sort: 'newest', cursor: page.nextCursor ?? undefined }),
      ),
    ).rejects.toEqual(code('malformed_cursor'));
  });
});

describe('filters', () => {
  it('find by target, tool and name of the agent, and take % as a character', async () => {
    expect(await idsOf({ tab: 'team', q: 'C-1' })).toEqual([first.approvalId]);
    expect(await idsOf({ tab: 'team', q: 'crm.up' })).toEqual([first.approvalId]);
    expect(await idsOf({ tab: 'team', q: 'crm agent' })).toEqual([first.approvalId]);
    expect(await idsOf({ tab: 'team', q: '%' })).toEqual([]);
    expect(await idsOf({ tab: 'team', tool: 'crm.update', risk: 'medium' })).toHaveLength(1);
    expect(await idsOf({ tab: 'team', risk: 'high' })).toEqual([]);
  });
});

describe('groups', () => {
  it('show like requests as the first of them with how many they are', async () => {
    const like = await askForApproval(workspace, agentId, { id: 'c-12', name: 'Ada' });
    const other = await askForApproval(workspace, agentId, { id: 'c-13', name: 'Bob' });
    const page = await listApprovals(
      workspace.as('reviewer'),
      query({ tab: 'team', grouped: true }),
    );
    expect(page.items.map(({ id, group }) => [id, group?.size])).toEqual([
      [first.approvalId, 2],
      [other.approvalId, 1],
    ]);
    const key = page.items[0]?.group?.key ?? '';
    const opened = await queueChanges(workspace.as('reviewer'), { tab: 'team', groups: [key] });
    expect(opened.members.map(({ id }) => id)).toEqual([first.approvalId, like.approvalId]);
  });

  it('are led by their next member once the first is decided', async () => {
    const like = await askForApproval(workspace, agentId, { id: 'c-12', name: 'Ada' });
    await rejectAction(workspace.as('analyst'), first.approvalId, { reason: 'not_needed' });
    const changes = await queueChanges(workspace.as('reviewer'), {
      tab: 'team',
      grouped: true,
      ids: [first.approvalId],
    });
    expect(changes.changed.map(({ state }) => state)).toEqual(['rejected']);
    expect(changes.listed).toEqual([]);
    expect(changes.heads.map(({ id, group }) => [id, group?.size])).toEqual([[like.approvalId, 1]]);
  });

  it('fold only what is in the list', async () => {
    const like = await askForApproval(workspace, agentId, { id: 'c-12', name: 'Ada' });
    await claimApproval(workspace.as('reviewer'), first.approvalId);
    expect(await idsOf({ tab: 'unclaimed', grouped: true })).toEqual([like.approvalId]);
  });

  it('never hold two risks', async () => {
    const agent = await makeAskingAgent(workspace, { name: 'Other' });
    const low = await askForApproval(workspace, agent.id, { id: 'c-12', name: 'Ada' });
    await sql(`UPDATE tools SET risk = 'low' WHERE workspace_id = $1`, [workspace.id]);
    const rows = await sql<{ key: string }>(
      'SELECT DISTINCT group_key AS key FROM approvals WHERE workspace_id = $1',
      [workspace.id],
    );
    expect(low.approvalId).not.toBe(first.approvalId);
    expect(rows).toHaveLength(2);
  });
});
