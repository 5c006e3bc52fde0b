import { beforeEach, describe, expect, it } from 'vitest';
import { sql, withTransaction } from '@/lib/db';
import { readDecisionStatus } from '@/lib/decide';
import { seizeEpochs } from '@/lib/decide/epoch-lock';
import { getAgent } from '@/lib/services/agents/get';
import { listDecisions } from '@/lib/services/decisions/list';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import {
  askForApproval,
  makeAskingAgent,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { approveAction } from './approve';
import { getApproval } from './get';
import { listApprovals } from './list';

let workspace: TestWorkspace;
let agentId: string;
let asked: { approvalId: string; decisionId: string; digest: string };

beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
  asked = await askForApproval(workspace, agentId);
});

describe('a verdict that waits for a change of what decisions depend on', () => {
  it('is judged by the time it comes to it', async () => {
    const reviewer = workspace.as('reviewer');
    await sql('UPDATE approvals SET expires_at = $2 WHERE id = $1', [
      asked.approvalId,
      new Date(reviewer.now.getTime() + 100),
    ]);
    const verdict = await withTransaction(async (change) => {
      await seizeEpochs(change, workspace.id);
      const given = approveAction(reviewer, asked.approvalId, { digest: asked.digest }).then(
        () => 'approved',
        (error: { code: string }) => error.code,
      );
      await new Promise((resolve) => setTimeout(resolve, 250));
      return () => given;
    });
    expect(await verdict()).toBe('expired');
  });
});

describe('an approval whose time is over', () => {
  const ENDED_AT = '2026-11-01T00:00:00.000Z';
  beforeEach(() =>
    sql('UPDATE approvals SET expires_at = $2 WHERE id = $1', [asked.approvalId, ENDED_AT]),
  );

  it('reads expired for everybody from the same moment, before anything has swept it', async () => {
    const viewer = workspace.as('viewer', new Date(ENDED_AT));
    const decision = await readDecisionStatus(workspace.id, agentId, asked.decisionId, viewer.now);
    const [listed] = (await listDecisions(viewer, { limit: 5 })).items;
    const lists = await Promise.all(
      (['pending', 'expired', 'closed'] as const).map((status) =>
        listApprovals(viewer, { status, limit: 5 }),
      ),
    );
    expect(decision.state).toBe('expired');
    expect(listed).toMatchObject({ id: asked.decisionId, state: 'expired' });
    expect((await getApproval(viewer, asked.approvalId)).state).toBe('expired');
    expect(lists.map(({ items }) => items.map(({ state }) => state))).toEqual([
      [],
      ['expired'],
      ['expired'],
    ]);
    expect(lists[0]?.counts).toEqual({ pending: 0, oldestAt: null });
    expect((await getAgent(viewer, agentId)).pendingApprovals).toBe(0);
  });

  it('waits for everybody until the millisecond before', async () => {
    const viewer = workspace.as('viewer', new Date(Date.parse(ENDED_AT) - 1));
    const decision = await readDecisionStatus(workspace.id, agentId, asked.decisionId, viewer.now);
    expect(decision.state).toBe('pending');
    expect((await getApproval(viewer, asked.approvalId)).state).toBe('pending');
    expect((await listApprovals(viewer, { status: 'pending', limit: 5 })).items).toHaveLength(1);
  });

  it('stays expired when a kill switch is set after it: nothing was waiting any more', async () => {
    await setKillSwitch(workspace.as('analyst'), {
      scope: { type: 'agent', value: agentId },
      mode: 'halt',
      reason: 'Runaway',
    });
    const { state } = await getApproval(workspace.as('viewer'), asked.approvalId);
    expect(state).toBe('expired');
  });
});
