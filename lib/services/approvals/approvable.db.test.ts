import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_VERDICT_RULES } from '@/lib/contracts';
import { sql, withTransaction } from '@/lib/db';
import { DEFAULT_POLICY_TEXT } from '@/lib/policy';
import type { ServiceContext } from '@/lib/services/context';
import { excludeDecisions } from '@/lib/services/epochs';
import { createOverride } from '@/lib/services/overrides/create';
import { createPolicy } from '@/lib/services/policies/create';
import { setVerdictSettings } from '@/lib/services/verdict-settings/set';
import {
  askForApproval,
  makeAskingAgent,
  makePerson,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { approveAction } from './approve';
import { getApproval } from './get';
import { rejectAction } from './reject';

let workspace: TestWorkspace;
let agentId: string;
let asked: { approvalId: string; digest: string };

beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
  asked = await askForApproval(workspace, agentId);
});

const reviewer = () => workspace.as('reviewer');
const approve = (who: ServiceContext = reviewer()) =>
  approveAction(who, asked.approvalId, { digest: asked.digest });

const STATES: readonly [string, string, RegExp, () => Promise<unknown>][] = [
  [
    'the policy changed',
    'policy_changed',
    /policy changed.*Reject it/,
    () =>
      createPolicy(workspace.as('manager'), {
        text: `${DEFAULT_POLICY_TEXT}\n@id("more") @reason("Never.") forbid (principal, action, resource) when { context.trust.rung < 0 };`,
        basedOn: 1,
        reason: 'Tighter',
      }),
  ],
  [
    'the agent fell below the rung it asked from',
    'trust_fell',
    /rung 3 .* now stands on 1/,
    () =>
      createOverride(workspace.as('manager'), agentId, {
        rung: 1,
        until: new Date(Date.now() + 86_400_000).toISOString(),
        reason: 'Lower',
      }),
  ],
  [
    'the agent is suspended',
    'stopped',
    /suspended/i,
    () => sql(`UPDATE agents SET status = 'suspended' WHERE id = $1`, [agentId]),
  ],
  [
    'the agent is in quarantine',
    'stopped',
    /./,
    () =>
      sql(
        `INSERT INTO agent_restrictions (workspace_id, id, agent_id, kind, reason, signal_kind, signal_id, since)
         VALUES ($1, gen_random_uuid(), $2, 'quarantine', 'Read only until somebody looks', 'behavior.burst', gen_random_uuid(), now())`,
        [workspace.id, agentId],
      ),
  ],
];

describe('a call that could not run is not approved', () => {
  it.each(STATES)('because %s', async (_why, code, words, change) => {
    await change();
    const { mayApprove, mayDecide } = await getApproval(reviewer(), asked.approvalId);
    expect(mayDecide).toEqual({ allowed: true });
    expect(mayApprove).toMatchObject({ allowed: false, code });
    expect(mayApprove?.why).toMatch(words);
    await expect(approve()).rejects.toMatchObject({ code, message: mayApprove?.why });
    expect((await getApproval(reviewer(), asked.approvalId)).state).toBe('pending');
    const evidence = await sql(
      `SELECT 1 FROM signals WHERE workspace_id = $1 AND kind LIKE 'outcome.%'`,
      [workspace.id],
    );
    expect(evidence).toEqual([]);
    const rejected = await rejectAction(reviewer(), asked.approvalId, { reason: 'other' });
    expect(rejected.state).toBe('rejected');
  });

  it('because whoever approved first may no longer decide', async () => {
    await setVerdictSettings(workspace.as('admin'), {
      ...DEFAULT_VERDICT_RULES,
      approvalsNeeded: { ...DEFAULT_VERDICT_RULES.approvalsNeeded, medium: 2 },
      reason: 'Two people',
      basedOn: 0,
    });
    asked = await askForApproval(workspace, agentId, { id: 'c-2' });
    const first = await makePerson(workspace.id, 'reviewer', 'Leaves soon');
    await approve({ actor: first, now: new Date() });
    await sql(`UPDATE memberships SET role = 'viewer' WHERE person_id = $1`, [first.personId]);
    await expect(approve()).rejects.toMatchObject({
      code: 'approver_lost_role',
      message: /Reject it/,
    });
  });
});

describe('a call that can run', () => {
  it('is looked at while a change holds the workspace, and holds no change up', async () => {
    await withTransaction(async (run) => {
      await excludeDecisions(run, workspace.id);
      const { mayApprove } = await getApproval(reviewer(), asked.approvalId);
      expect(mayApprove).toEqual({ allowed: true });
    });
  });

  it('is approved, and says so before', async () => {
    expect((await getApproval(reviewer(), asked.approvalId)).mayApprove).toEqual({ allowed: true });
    expect((await approve()).state).toBe('approved');
    expect((await getApproval(reviewer(), asked.approvalId)).mayApprove).toEqual({
      allowed: false,
    });
  });
});
