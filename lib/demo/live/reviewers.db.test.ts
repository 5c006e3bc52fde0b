import { expect, it } from 'vitest';
import type { PersonActor } from '@/lib/auth';
import { sql } from '@/lib/db';
import { setStepUpSetting } from '@/lib/services/approvals/step-up-setting';
import {
  askToWrite,
  makeAskingAgent,
  makePerson,
  makeTool,
  makeTrustedAgent,
  makeWorkspace,
} from '@/lib/services/testing/fixture';
import { FLEET, type Step } from '../fleet';
import { PEOPLE, type PersonKey } from '../people';
import { Reviewers } from './reviewers';

const PATIENCE_MS = 0;

it('demo reviewers leave what they may not decide to people, and go on with the rest', async () => {
  const workspace = await makeWorkspace();
  await setStepUpSetting(workspace.as('admin'), { mode: 'required', reason: 'A test' });
  const people = {} as Record<PersonKey, PersonActor>;
  for (const key of Object.keys(PEOPLE) as PersonKey[])
    people[key] = await makePerson(workspace.id, 'reviewer', PEOPLE[key].name);
  const reviewers = new Reviewers({ workspaceId: workspace.id, people }, PATIENCE_MS);
  const expectCall = async (agentKey: string, agentId: string, tool: string) => {
    const { approval } = await askToWrite(workspace, agentId, { tool });
    const step: Step = {
      tool,
      arguments: { id: 'c-1' },
      resource: { type: 'customer', id: 'c-1' },
      review: { verdict: 'approve' },
    };
    const [any] = FLEET;
    if (any === undefined || approval === undefined) throw new Error('nothing waits');
    reviewers.expect(approval.id, { ...any, key: agentKey, owner: 'lukas' }, step);
    return approval.id;
  };
  // More wait than are left to people, and two of them are of a risk that takes a passkey.
  await makeTool(workspace, 'vault.drain', { sideEffect: 'write', risk: 'critical' });
  const trusted = await makeTrustedAgent(workspace);
  // They are older than everything else, so that they are taken first.
  for (let n = 0; n < 2; n += 1) await expectCall('vault', trusted.id, 'vault.drain');
  await new Promise((resolve) => setTimeout(resolve, 2));
  const asking = await makeAskingAgent(workspace);
  for (let n = 0; n < 9; n += 1) await expectCall(`crm-${n}`, asking.id, 'crm.update');

  // Three of the eleven are too many for people.
  await reviewers.round(Date.now());
  const states = await sql<{ risk: string; state: string; count: number }>(
    `SELECT risk, state, count(*)::int AS count FROM approvals WHERE workspace_id = $1 GROUP BY 1, 2 ORDER BY 1, 2`,
    [workspace.id],
  );
  expect(states).toEqual([
    { risk: 'critical', state: 'pending', count: 2 },
    { risk: 'medium', state: 'approved', count: 1 },
    { risk: 'medium', state: 'pending', count: 8 },
  ]);
});
