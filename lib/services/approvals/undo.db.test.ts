import { beforeEach, describe, expect, it } from 'vitest';
import type { ServiceContext } from '@/lib/services/context';
import { sql } from '@/lib/db';
import { foldDueVerdicts, readDecisionStatus, redeemPermit } from '@/lib/decide';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { replayScores } from '@/lib/services/ledger/replay-scores';
import {
  askForApproval,
  ledgerKinds,
  makeAskingAgent,
  makePerson,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { approveAction } from './approve';
import { getApproval } from './get';
import { rejectAction } from './reject';
import { undoVerdict } from './undo';

const ARGUMENTS = { id: 'c-1', name: 'Ada' };

let workspace: TestWorkspace;
let agentId: string;
let asked: { approvalId: string; decisionId: string; digest: string };
beforeEach(async () => {
  await sql('DELETE FROM due_verdicts');
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
  asked = await askForApproval(workspace, agentId, ARGUMENTS);
});

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const later = (seconds: number) => new Date(Date.now() + seconds * 1000);
const approve = (context: ServiceContext = workspace.as('reviewer')) =>
  approveAction(context, asked.approvalId, { digest: asked.digest, undoable: true });
const undo = (context: ServiceContext = workspace.as('reviewer')) =>
  undoVerdict(context, asked.approvalId);
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
const status = () => readDecisionStatus(workspace.id, agentId, asked.decisionId, new Date());
const reviewerSignals = async () =>
  (
    await sql<{ kind: string }>(
      `SELECT kind FROM signals WHERE workspace_id = $1 AND decision_id = $2 AND source_class = 'reviewer'`,
      [workspace.id, asked.decisionId],
    )
  ).map(({ kind }) => kind);
const announced = async (type: string) =>
  (
    await sql<{ subject_id: string }>(
      'SELECT subject_id FROM outbox WHERE workspace_id = $1 AND type = $2',
      [workspace.id, type],
    )
  ).map(({ subject_id }) => subject_id);
const scoreNow = async () => {
  const [row] = await sql<{ score: number }>('SELECT score FROM trust_states WHERE agent_id = $1', [
    agentId,
  ]);
  return row?.score;
};

describe('a verdict that can be taken back', () => {
  it('gives the permit at once and is no evidence yet', async () => {
    const before = await scoreNow();
    const detail = await approve();
    expect(detail.state).toBe('approved');
    expect(detail.effect).toBeNull();
    const left = Date.parse(detail.verdict?.undoUntil ?? '') - Date.now();
    expect(left).toBeGreaterThan(5_000);
    expect(left).toBeLessThanOrEqual(10_000);
    const { state, permitId } = await status();
    expect(state).toBe('approved');
    expect(permitId).not.toBeNull();
    expect(await reviewerSignals()).toEqual([]);
    expect(await scoreNow()).toBe(before);
  });

  it('counts at once for a caller who does not ask for it', async () => {
    const detail = await approveAction(workspace.as('reviewer'), asked.approvalId, {
      digest: asked.digest,
    });
    expect(detail.verdict).not.toHaveProperty('undoUntil');
    expect(detail.effect).not.toBeNull();
    await expect(undo()).rejects.toEqual(code('undo_over'));
  });

  it('counts once its time is over, once, however many look after it', async () => {
    await approve();
    expect(await foldDueVerdicts(Date.now())).toBe(0);
    const folded = await Promise.all(
      Array.from({ length: 4 }, () => foldDueVerdicts(later(11).getTime())),
    );
    expect(folded.reduce((sum, count) => sum + count)).toBe(1);
    expect(await reviewerSignals()).toEqual(['outcome.approved']);
    const detail = await getApproval(workspace.as('viewer'), asked.approvalId);
    expect(detail.effect?.after.score).toBeGreaterThan(detail.effect?.before.score ?? 1);
    expect(detail.verdict).not.toHaveProperty('undoUntil');
    const [moved] = await sql(
      `SELECT 1 FROM approvals ap JOIN score_points p ON p.workspace_id = ap.workspace_id AND p.agent_id = ap.agent_id
         AND p.at = ap.counted_at JOIN signals s ON s.workspace_id = p.workspace_id AND s.agent_id = p.agent_id AND s.at = p.at
       WHERE ap.id = $1 AND s.kind = 'outcome.approved'`,
      [asked.approvalId],
    );
    expect(moved).toBeDefined();
    await expect(undo()).rejects.toEqual(code('undo_over'));
    expect(await replayScores(workspace.id)).toMatchObject({ firstDifference: null });
  });

  it('counts with the redemption, and can then not be taken back', async () => {
    await approve();
    const useOf = async () => (await getApproval(workspace.as('reviewer'), asked.approvalId)).use;
    expect(await useOf()).toEqual({ redeemedAt: null, reported: null, reportedAt: null });
    await redeem();
    expect((await useOf())?.redeemedAt).toEqual(expect.any(String));
    expect(await announced('approval.used')).toEqual([asked.approvalId]);
    expect(await reviewerSignals()).toEqual(['outcome.approved']);
    await expect(undo()).rejects.toEqual(code('already_redeemed'));
    expect(await foldDueVerdicts(later(11).getTime())).toBe(0);
    expect(await reviewerSignals()).toEqual(['outcome.approved']);
    expect(await replayScores(workspace.id)).toMatchObject({ firstDifference: null });
  });

  it('is not lost when the process dies while it is made to count, and does not count twice', async () => {
    await rejectAction(workspace.as('reviewer'), asked.approvalId, {
      reason: 'unsafe',
      undoable: true,
    });
    const [head] = await sql<{ seq: number; hash: string; outbox_seq: number }>(
      'DELETE FROM ledger_heads WHERE workspace_id = $1 RETURNING seq, hash, outbox_seq',
      [workspace.id],
    );
    await expect(foldDueVerdicts(later(11).getTime())).rejects.toThrow(/no ledger/);
    expect(await reviewerSignals()).toEqual([]);
    await sql(
      'INSERT INTO ledger_heads (workspace_id, seq, hash, outbox_seq) VALUES ($1, $2, $3, $4)',
      [workspace.id, head?.seq ?? 0, head?.hash ?? '', head?.outbox_seq ?? 0],
    );
    expect(await foldDueVerdicts(later(11).getTime())).toBe(1);
    expect(await foldDueVerdicts(later(12).getTime())).toBe(0);
    expect((await reviewerSignals()).length).toBeGreaterThan(0);
    expect(new Set(await reviewerSignals()).size).toBe((await reviewerSignals()).length);
  });
});

describe('undo', () => {
  it('kills the permit, puts the call back, and leaves both verdict and undo in the ledger', async () => {
    const before = await scoreNow();
    await approve();
    const detail = await undo();
    expect(detail).toMatchObject({ state: 'pending', verdict: null, mayDecide: { allowed: true } });
    expect(await status()).toMatchObject({ state: 'pending', permitId: null });
    await expect(redeem()).rejects.toEqual(code('verdict_undone'));
    expect(await foldDueVerdicts(later(11).getTime())).toBe(0);
    expect(await reviewerSignals()).toEqual([]);
    expect(await scoreNow()).toBe(before);
    const kinds = await ledgerKinds(workspace.id);
    expect(kinds.slice(-2)).toEqual(['approval.approved', 'approval.undone']);
  });

  it('lets the call be decided again, with a permit of its own', async () => {
    for (let round = 0; round < 2; round += 1) {
      await approve();
      await undo();
    }
    await approve();
    await redeem();
    expect((await status()).state).toBe('redeemed');
    expect(await replayScores(workspace.id)).toMatchObject({ firstDifference: null });
  });

  it('takes a rejection back as well', async () => {
    await rejectAction(workspace.as('reviewer'), asked.approvalId, {
      reason: 'wrong_target',
      undoable: true,
    });
    expect((await status()).state).toBe('rejected');
    expect((await undo()).state).toBe('pending');
    expect(await reviewerSignals()).toEqual([]);
  });

  it('is for whoever gave the verdict alone', async () => {
    await approve();
    await expect(undo(workspace.as('admin'))).rejects.toEqual(code('not_your_verdict'));
    const other = await makePerson(workspace.id, 'reviewer', 'Somebody else');
    await expect(undo({ actor: other, now: new Date() })).rejects.toEqual(code('not_your_verdict'));
  });

  it('is refused when its time is over, also before anybody has counted the verdict', async () => {
    await approve();
    await expect(undo(workspace.as('reviewer', later(11)))).rejects.toEqual(code('undo_over'));
    expect((await status()).state).toBe('approved');
  });

  it('has nothing to undo where nobody has decided', async () => {
    await expect(undo()).rejects.toEqual(code('nothing_to_undo'));
  });

  it('leaves nothing waiting that a switch has stopped meanwhile', async () => {
    await approve();
    await setKillSwitch(workspace.as('manager'), {
      scope: { type: 'agent', value: agentId },
      mode: 'halt',
      reason: 'Stop',
    });
    const detail = await undo();
    expect(detail.state).toBe('cancelled');
    expect(detail.cancelReason).toMatch(/Stop/);
    expect(await reviewerSignals()).toEqual([]);
  });

  it('and the redemption at the same moment: one of them wins, and the other is told', async () => {
    for (let round = 0; round < 8; round += 1) {
      if (round > 0) asked = await askForApproval(workspace, agentId, ARGUMENTS);
      await approve();
      const [undone, redeemed] = await Promise.allSettled([undo(), redeem()]);
      expect([undone.status, redeemed.status].sort()).toEqual(['fulfilled', 'rejected']);
      expect((await status()).state).toBe(undone.status === 'fulfilled' ? 'pending' : 'redeemed');
      expect((await reviewerSignals()).length).toBe(undone.status === 'fulfilled' ? 0 : 1);
    }
    expect(await replayScores(workspace.id)).toMatchObject({ firstDifference: null });
  });
});
