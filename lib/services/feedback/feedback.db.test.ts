import { beforeEach, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { approveAction } from '@/lib/services/approvals/approve';
import { replayScores } from '@/lib/services/ledger/replay-scores';
import {
  actAlone,
  askForApproval,
  ledgerKinds,
  makeAskingAgent,
  makeKeyBy,
  makePerson,
  makeTrustedAgent,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { giveFeedback } from './give';
import { listFeedback } from './list';

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const complaint = { verdict: 'complaint', reason: 'The customer had not asked for it.' } as const;
const right = { verdict: 'right', reason: 'As the customer wanted.' } as const;

let workspace: TestWorkspace;
let agentId: string;
let decisionId: string;

beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeTrustedAgent(workspace)).id;
  decisionId = await actAlone(workspace, agentId);
});

const signalKinds = async () => {
  const rows = await sql<{ kind: string }>(
    `SELECT kind FROM signals WHERE workspace_id = $1 AND decision_id = $2 AND source_class = 'reviewer' ORDER BY id`,
    [workspace.id, decisionId],
  );
  return rows.map(({ kind }) => kind);
};

describe('feedback on an action the agent took alone', () => {
  it.each([
    ['right', 'outcome.confirmed', 1],
    ['overridden', 'outcome.overridden', -1],
    ['corrected', 'outcome.corrected', -1],
    ['complaint', 'outcome.complaint', -1],
  ] as const)('that it was "%s" becomes evidence', async (verdict, kind, direction) => {
    // So that there is something to lose.
    for (let n = 0; n < 3; n += 1)
      await giveFeedback(
        workspace.as('reviewer'),
        await actAlone(workspace, agentId, { n }),
        right,
      );
    const given = await giveFeedback(workspace.as('reviewer'), decisionId, {
      verdict,
      reason: 'Looked at',
    });
    const { before, after, texts } = given.effect ?? { before: undefined, after: undefined };
    expect(Math.sign((after?.score ?? 0) - (before?.score ?? 0))).toBe(direction);
    expect(texts).toHaveLength(1);
    expect(await signalKinds()).toEqual([kind]);
    expect(await ledgerKinds(workspace.id)).toContain('feedback.given');
    expect(await replayScores(workspace.id)).toMatchObject({ firstDifference: null, unknown: 0 });
  });

  it('counts once a person, also through a key of theirs', async () => {
    const reviewer = workspace.as('reviewer');
    await giveFeedback(reviewer, decisionId, complaint);
    await expect(giveFeedback(reviewer, decisionId, right)).rejects.toEqual(code('already_said'));
    const admin = workspace.as('admin');
    const key = await makeKeyBy(admin, 'reviewer');
    await giveFeedback(key, decisionId, complaint);
    await expect(giveFeedback(admin, decisionId, complaint)).rejects.toEqual(code('already_said'));
    expect(await signalKinds()).toEqual(['outcome.complaint', 'outcome.complaint']);
  });

  it('counts once a person when both of two come at the same moment', async () => {
    const reviewer = workspace.as('reviewer');
    const tries = await Promise.allSettled(
      Array.from({ length: 6 }, () => giveFeedback(reviewer, decisionId, complaint)),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await signalKinds()).toHaveLength(1);
  });

  it('lifts the score once an action, however many found it right', async () => {
    const first = await giveFeedback(workspace.as('reviewer'), decisionId, right);
    const second = await giveFeedback(workspace.as('analyst'), decisionId, right);
    expect(first.effect).not.toBeNull();
    expect(second.effect).toBeNull();
    expect(await signalKinds()).toEqual(['outcome.confirmed']);
    const { items } = await listFeedback(workspace.as('viewer'), decisionId);
    expect(items.map(({ name }) => name)).toEqual(['The reviewer', 'The analyst']);
  });

  it('is not for the owner of the agent, in person or by a key', async () => {
    const owner = await makePerson(workspace.id, 'admin', 'Otto Owner');
    const owned = await makeTrustedAgent(workspace, { owner: owner.email });
    const taken = await actAlone(workspace, owned.id);
    const context = { actor: owner, now: new Date() };
    await expect(giveFeedback(context, taken, right)).rejects.toEqual(code('own_agent'));
    const key = await makeKeyBy(context, 'reviewer');
    await expect(giveFeedback(key, taken, right)).rejects.toEqual(code('own_agent'));
    expect((await listFeedback(context, taken)).mayGive).toMatchObject({ allowed: false });
  });

  it('needs the role, and an action of this workspace', async () => {
    await expect(giveFeedback(workspace.as('viewer'), decisionId, right)).rejects.toEqual(
      code('forbidden'),
    );
    const other = await makeWorkspace();
    await expect(giveFeedback(other.as('admin'), decisionId, right)).rejects.toEqual(
      code('not_found'),
    );
    await expect(listFeedback(other.as('admin'), decisionId)).rejects.toEqual(code('not_found'));
  });

  it('leaves nothing behind when the ledger cannot be written', async () => {
    await sql('DELETE FROM ledger_heads WHERE workspace_id = $1', [workspace.id]);
    await expect(giveFeedback(workspace.as('reviewer'), decisionId, complaint)).rejects.toThrow();
    expect(await signalKinds()).toEqual([]);
    expect((await listFeedback(workspace.as('viewer'), decisionId)).items).toEqual([]);
  });
});

describe('feedback on an action that waited for a person', () => {
  it('is for approved ones, and "right" repeats what the approval said', async () => {
    const asking = await makeAskingAgent(workspace);
    const asked = await askForApproval(workspace, asking.id);
    const analyst = workspace.as('analyst');
    await expect(giveFeedback(analyst, asked.decisionId, complaint)).rejects.toEqual(
      code('not_permitted'),
    );
    await approveAction(workspace.as('reviewer'), asked.approvalId, { digest: asked.digest });
    const words = await giveFeedback(analyst, asked.decisionId, right);
    expect(words.effect).toBeNull();
    const contradiction = await giveFeedback(workspace.as('manager'), asked.decisionId, complaint);
    expect(contradiction.effect?.texts[0]).toContain('complained');
  });
});
