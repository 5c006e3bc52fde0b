import { expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { approveAction } from '@/lib/services/approvals/approve';
import { rejectAction } from '@/lib/services/approvals/reject';
import { undoVerdict } from '@/lib/services/approvals/undo';
import { giveFeedback } from '@/lib/services/feedback/give';
import { askForApproval, makeAskingAgent, makeWorkspace } from '@/lib/services/testing/fixture';
import { getVerdictSettings } from '@/lib/services/verdict-settings/get';
import { setVerdictSettings } from '@/lib/services/verdict-settings/set';
import { measureReviewers, readWeight } from './measure';
import { getMyReviewing } from './mine';
import { getReviewingTrend } from './trend';

it('figures count the own verdict of each of two who approve, whatever became of the call', async () => {
  const workspace = await makeWorkspace();
  const agentId = (await makeAskingAgent(workspace)).id;
  type Role = 'reviewer' | 'analyst' | 'manager';
  const mine = (role: Role) => getMyReviewing(workspace.as(role), { days: 30 });
  const approve = async (n: number, role: Role = 'reviewer') => {
    const asked = await askForApproval(workspace, agentId, { id: `c-${n}`, name: 'Ada' });
    await approveAction(workspace.as(role), asked.approvalId, { digest: asked.digest });
    return asked;
  };
  const { version, ...rules } = await getVerdictSettings(workspace.as('admin'));
  await setVerdictSettings(workspace.as('admin'), {
    undoSeconds: rules.undoSeconds,
    approvalsNeeded: { ...rules.approvalsNeeded, medium: 2 },
    grantMostUses: rules.grantMostUses,
    grantMostMinutes: rules.grantMostMinutes,
    reason: 'A test',
    basedOn: version,
  });
  const both = await approve(1);
  await approveAction(workspace.as('analyst'), both.approvalId, { digest: both.digest });
  const split = await approve(2);
  await rejectAction(workspace.as('analyst'), split.approvalId, { reason: 'unsafe' });
  const alone = await approve(3);
  expect((await mine('reviewer')).now.approved).toMatchObject({ count: 3, of: 3 });
  expect((await mine('analyst')).now.approved).toMatchObject({ count: 1, of: 2 });
  // What speaks against the call speaks against both who let it run.
  await giveFeedback(workspace.as('manager'), both.decisionId, {
    verdict: 'complaint',
    reason: 'Wrong customer',
  });
  for (const role of ['reviewer', 'analyst'] as const) {
    const { now, contradictions } = await mine(role);
    expect(now.contradicted.count).toBe(1);
    expect(contradictions).toMatchObject([{ approvalId: both.approvalId, outcome: 'approved' }]);
  }
  await measureReviewers(Date.now());
  const { personId } = workspace.as('reviewer').actor;
  expect(await readWeight(sql, workspace.id, personId)).toMatchObject({ bad: 1 });
  // Whoever only ever approved first is one of those who gave verdicts.
  const third = await approve(4, 'manager');
  const { weeks } = await getReviewingTrend(workspace.as('manager'));
  expect(weeks.at(-1)).toMatchObject({ reviewers: 3, figures: { verdicts: 6 } });
  // What is taken back was no verdict.
  for (const [role, { approvalId }] of [
    ['reviewer', alone],
    ['manager', third],
  ] as const)
    await undoVerdict(workspace.as(role), approvalId);
  expect((await mine('reviewer')).now.approved).toMatchObject({ count: 2, of: 2 });
});
