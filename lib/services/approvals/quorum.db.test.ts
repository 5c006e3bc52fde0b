import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_VERDICT_RULES } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { redeemPermit } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { replayScores } from '@/lib/services/ledger/replay-scores';
import { setVerdictSettings } from '@/lib/services/verdict-settings/set';
import {
  askForApproval,
  ledgerKinds,
  makeAskingAgent,
  makeKeyBy,
  makeKeyContext,
  makePerson,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { approveAction } from './approve';
import { claimApproval } from './claim';
import { getApproval } from './get';
import { rejectAction } from './reject';
import { undoVerdict } from './undo';

const ARGUMENTS = { id: 'c-1', name: 'Ada' };

let workspace: TestWorkspace;
let agentId: string;
let asked: { approvalId: string; decisionId: string; digest: string };

const settings = (medium: 1 | 2, basedOn: number) => ({
  ...DEFAULT_VERDICT_RULES,
  approvalsNeeded: { ...DEFAULT_VERDICT_RULES.approvalsNeeded, medium },
  reason: 'For a test',
  basedOn,
});
beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
  await setVerdictSettings(workspace.as('admin'), settings(2, 0));
  asked = await askForApproval(workspace, agentId, ARGUMENTS);
});

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const approve = (context: ServiceContext) =>
  approveAction(context, asked.approvalId, { digest: asked.digest });
const one = () => workspace.as('reviewer');
const two = () => workspace.as('analyst');
const redeem = () =>
  redeemPermit({
    workspaceId: workspace.id,
    agentId,
    decisionId: asked.decisionId,
    actor: `agent:${agentId}`,
    tool: 'crm.update',
    arguments: ARGUMENTS,
    resource: { type: 'customer', id: 'c-1' },
    now: Date.now(),
  });
const permits = () =>
  sql<{ approved_by: string }>(
    'SELECT approved_by FROM permits WHERE workspace_id = $1 AND decision_id = $2',
    [workspace.id, asked.decisionId],
  );
const evidence = async () =>
  (
    await sql('SELECT 1 FROM signals WHERE decision_id = $1 AND source_class = $2', [
      asked.decisionId,
      'reviewer',
    ])
  ).length;

describe('a call that two people have to approve', () => {
  it('waits on after the first, without permit or evidence, and says who has approved', async () => {
    await claimApproval(one(), asked.approvalId);
    const detail = await approve(one());
    expect(detail).toMatchObject({
      state: 'pending',
      verdict: null,
      claim: null,
      verdictsNeeded: 2,
      verdictsGiven: 1,
      verdicts: [{ by: `person:${one().actor.personId}`, name: 'The reviewer' }],
      mayDecide: { allowed: false },
    });
    expect(detail.mayDecide.why).toMatch(/second person/);
    expect(await permits()).toEqual([]);
    expect(await evidence()).toBe(0);
    await expect(redeem()).rejects.toEqual(code('not_permitted'));
  });

  it('runs after the second, under a permit that names both, as one piece of evidence', async () => {
    await approve(one());
    const detail = await approve(two());
    expect(detail).toMatchObject({ state: 'approved', verdictsGiven: 2 });
    expect(await permits()).toEqual([
      { approved_by: `person:${one().actor.personId} person:${two().actor.personId}` },
    ]);
    expect(await evidence()).toBe(1);
    expect((await ledgerKinds(workspace.id)).slice(-3)).toEqual([
      'approval.approved_first',
      'approval.approved',
      'signals.recorded',
    ]);
    await redeem();
    expect(await replayScores(workspace.id)).toMatchObject({ firstDifference: null });
  });

  it('does not run once either of them may no longer decide', async () => {
    await approve(one());
    await approve(two());
    await sql('UPDATE people SET disabled_at = now() WHERE id = $1', [one().actor.personId]);
    await expect(redeem()).rejects.toEqual(code('approver_lost_role'));
  });

  it('is closed by one rejection, before or after an approval', async () => {
    await approve(one());
    const detail = await rejectAction(two(), asked.approvalId, { reason: 'unsafe' });
    expect(detail).toMatchObject({ state: 'rejected', verdictsGiven: 1 });
    await expect(approve(workspace.as('manager'))).rejects.toEqual(code('already_decided'));
  });

  it('takes no edits: both approve the same values', async () => {
    await expect(
      approveAction(one(), asked.approvalId, {
        digest: asked.digest,
        edits: { id: 'c-1', name: 'Grace' },
      }),
    ).rejects.toEqual(code('edits_need_one_person'));
  });

  it('lets the first take their approval back while it waits, and nobody else', async () => {
    await approve(one());
    await expect(undoVerdict(two(), asked.approvalId)).rejects.toEqual(code('not_your_verdict'));
    expect(await undoVerdict(one(), asked.approvalId)).toMatchObject({
      state: 'pending',
      verdictsGiven: 0,
      verdicts: [],
      mayDecide: { allowed: true },
    });
    expect((await approve(two())).state).toBe('pending');
  });

  it('waits for the second again when the second takes theirs back', async () => {
    await approve(one());
    await approveAction(two(), asked.approvalId, { digest: asked.digest, undoable: true });
    expect(await undoVerdict(two(), asked.approvalId)).toMatchObject({
      state: 'pending',
      verdictsGiven: 1,
    });
    expect((await approve(workspace.as('manager'))).state).toBe('approved');
  });

  it('gives the second place to one of several who try at once', async () => {
    await approve(one());
    const others = await Promise.all(
      Array.from({ length: 5 }, (_, n) => makePerson(workspace.id, 'reviewer', `Reviewer ${n}`)),
    );
    const results = await Promise.allSettled(
      others.map((actor) => approve({ actor, now: new Date() })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await permits()).toHaveLength(1);
  });
});

describe('the second person', () => {
  const refused = code('second_person_needed');

  it('is not the first again', async () => {
    await approve(one());
    await expect(approve(one())).rejects.toEqual(refused);
  });

  it('is not the first through a key of theirs', async () => {
    const key = await makeKeyBy(workspace.as('admin'), 'reviewer');
    await approve(key);
    await expect(approve(workspace.as('admin'))).rejects.toEqual(refused);
    expect((await approve(one())).state).toBe('approved');
  });

  it('is not the first with another account: the same name, or the same mailbox with a tag', async () => {
    const ann = await makePerson(workspace.id, 'reviewer', 'Ann Example');
    const named = await makePerson(workspace.id, 'analyst', ' ann  EXAMPLE');
    const tagged = await makePerson(workspace.id, 'analyst', 'Somebody');
    const address = ann.email.replace('@', '+work@');
    await sql('UPDATE people SET email = $2 WHERE id = $1', [tagged.personId, address]);
    await approve({ actor: ann, now: new Date() });
    for (const actor of [named, { ...tagged, email: address }])
      await expect(approve({ actor, now: new Date() })).rejects.toEqual(refused);
  });

  it('is no key of the command line, which has nobody behind it, and neither is the first', async () => {
    const key = await makeKeyContext(workspace, 'reviewer');
    const nobody = expect.objectContaining({ code: 'person_needed' }) as unknown;
    const { mayDecide } = await getApproval(key, asked.approvalId);
    expect(mayDecide).toMatchObject({ allowed: false, rejectOnly: true, why: /two people/ });
    await expect(approve(key)).rejects.toEqual(nobody);
    await approve(one());
    await expect(approve(key)).rejects.toEqual(nobody);
    expect((await approve(two())).state).toBe('approved');
  });
});

describe('the setting', () => {
  it('holds for what is asked for after it, and what waits keeps its number', async () => {
    await setVerdictSettings(workspace.as('admin'), settings(1, 1));
    const later = await askForApproval(workspace, agentId, { id: 'c-2' });
    expect((await approve(one())).state).toBe('pending');
    const context = one();
    expect((await approveAction(context, later.approvalId, { digest: later.digest })).state).toBe(
      'approved',
    );
    expect((await getApproval(one(), asked.approvalId)).verdictsNeeded).toBe(2);
  });

  it('is for admins, names its reason in the ledger, and one of two editors wins', async () => {
    await expect(setVerdictSettings(workspace.as('manager'), settings(1, 1))).rejects.toEqual(
      code('forbidden'),
    );
    const results = await Promise.allSettled([
      setVerdictSettings(workspace.as('admin'), settings(1, 1)),
      setVerdictSettings(workspace.as('admin'), settings(2, 1)),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await ledgerKinds(workspace.id)).at(-1)).toBe('verdict_settings.changed');
  });
});
