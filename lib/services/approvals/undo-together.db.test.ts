import { beforeEach, describe, expect, it } from 'vitest';
import { bulkUndoRequestSchema, DEFAULT_VERDICT_RULES } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { foldDueVerdicts, redeemPermit, submitAction } from '@/lib/decide';
import { replayScores } from '@/lib/services/ledger/replay-scores';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import {
  ledgerKinds,
  makeAskingAgent,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { setVerdictSettings } from '@/lib/services/verdict-settings/set';
import { approveAction } from './approve';
import { decideTogether } from './bulk';
import { rejectAction } from './reject';
import { undoTogether, undoVerdict } from './undo';
import { readVerdictState, recordedAs } from './verdict-state';

let workspace: TestWorkspace;
let agentId: string;
beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
});

const reviewer = () => workspace.as('reviewer');
const resource = { type: 'customer', id: 'c-1' };
async function ask(n: number) {
  const { id, approval, digest } = await submitAction(workspace.id, {
    requestId: newId(),
    agentId,
    actor: `agent:${agentId}`,
    tool: 'crm.update',
    arguments: { id: `c-${100 + n}` },
    resource,
    sessionId: undefined,
    endUser: undefined,
  });
  return { id: approval?.id ?? '', digest, decisionId: id, arguments: { id: `c-${100 + n}` } };
}
async function approved(count: number) {
  const calls = [];
  for (let n = 0; n < count; n += 1) calls.push(await ask(n));
  const items = calls.map(({ id, digest }) => ({ id, digest }));
  const answer = await decideTogether(
    reviewer(),
    { items, verdict: 'approve', undoable: true },
    (_id, error) => {
      throw error as Error;
    },
  );
  return { calls, ...answer };
}
const states = async () =>
  (
    await sql<{ state: string }>(
      'SELECT state FROM approvals WHERE workspace_id = $1 ORDER BY requested_at, id',
      [workspace.id],
    )
  ).map(({ state }) => state);
const announced = async (since: number) =>
  (
    await sql<{ type: string }>(
      'SELECT type FROM outbox WHERE workspace_id = $1 AND seq > $2 ORDER BY seq',
      [workspace.id, since],
    )
  ).map(({ type }) => type);
const newest = async () =>
  (
    await sql<{ seq: number }>('SELECT max(seq) AS seq FROM outbox WHERE workspace_id = $1', [
      workspace.id,
    ])
  )[0]?.seq ?? 0;

describe('several verdicts', () => {
  it('are taken back in one request, whatever keeps one of them from it', async () => {
    const { calls } = await approved(4);
    const [used] = calls;
    if (used === undefined) throw new Error('four were asked for');
    await redeemPermit({
      workspaceId: workspace.id,
      agentId,
      decisionId: used.decisionId,
      actor: `agent:${agentId}`,
      tool: 'crm.update',
      arguments: used.arguments,
      resource,
      now: Date.now(),
    });
    const theirs = await ask(9);
    await rejectAction(workspace.as('analyst'), theirs.id, { reason: 'other', undoable: true });
    const gone = newId();
    const ids = [...calls.map(({ id }) => id), theirs.id, gone, 'nonsense'];
    const { results } = await undoTogether(reviewer(), ids);
    expect(results.map(({ id, outcome, code }) => [id, code ?? outcome])).toEqual(
      [
        'already_redeemed',
        'undone',
        'undone',
        'undone',
        'not_your_verdict',
        'not_found',
        'not_found',
      ].map((outcome, index) => [ids[index], outcome]),
    );
    expect(await states()).toEqual(['approved', 'pending', 'pending', 'pending', 'rejected']);
    expect(
      (await ledgerKinds(workspace.id)).filter((kind) => kind === 'approval.undone'),
    ).toHaveLength(3);
    await foldDueVerdicts(Date.now() + 60_000);
    expect(await replayScores(workspace.id)).toMatchObject({ firstDifference: null });
  });

  it('are judged at one time: the last of them has no less than the first', async () => {
    const { calls } = await approved(3);
    const asked = { ...reviewer(), now: new Date(Date.now() + 9_000) };
    const { results } = await undoTogether(
      asked,
      calls.map(({ id }) => id),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(['undone', 'undone', 'undone']);
  });

  it('that are given together can be taken back for as long as the last of them', async () => {
    const { results } = await approved(5);
    const until = results.map(({ undoUntil }) => Date.parse(undoUntil ?? ''));
    const [state] = await sql<{ at: Date }>(
      'SELECT max(decided_at) AS at FROM approvals WHERE workspace_id = $1',
      [workspace.id],
    );
    // Four are given after the first.
    const first = (until[0] ?? 0) - 400;
    expect(first).toBeGreaterThan(0);
    expect(until[4]).toBe((state?.at.getTime() ?? 0) + 10_000);
    const [decided] = await sql<{ at: Date }>(
      'SELECT min(decided_at) AS at FROM approvals WHERE workspace_id = $1',
      [workspace.id],
    );
    expect(first).toBe((decided?.at.getTime() ?? 0) + 10_000);
  });

  it('are named once each, and not more than one verdict decides', () => {
    const parsed = (ids: string[]) => bulkUndoRequestSchema.safeParse({ ids }).success;
    expect(parsed(['a', 'b'])).toBe(true);
    expect(parsed(['a', 'a'])).toBe(false);
    expect(parsed([])).toBe(false);
    expect(parsed(Array.from({ length: 201 }, (_, n) => `${n}`))).toBe(false);
  });
});

describe('a verdict that is taken back', () => {
  const given = async () => {
    const call = await ask(0);
    await approveAction(reviewer(), call.id, { digest: call.digest, undoable: true });
    return call;
  };

  it('is announced as a call that waits again', async () => {
    const call = await given();
    const since = await newest();
    await undoVerdict(reviewer(), call.id);
    expect(await announced(since)).toEqual(['approval.opened', 'approval.changed']);
  });

  it('is announced as closed where a switch has stopped the call: nobody is told that it waits', async () => {
    const call = await given();
    await setKillSwitch(workspace.as('manager'), {
      scope: { type: 'agent', value: agentId },
      mode: 'halt',
      reason: 'Stop',
    });
    const since = await newest();
    await undoVerdict(reviewer(), call.id);
    expect(await states()).toEqual(['cancelled']);
    expect(await announced(since)).toEqual(['approval.closed']);
  });
});

describe('a verdict whose answer was lost', () => {
  const by = () => `person:${reviewer().actor.personId}`;
  const seen = async (id: string, outcome: 'approved' | 'rejected') =>
    recordedAs(await readVerdictState(sql, workspace.id, id), outcome, by());

  it('is found as the one that closed the call, and nobody else counts as having given it', async () => {
    const { id, digest } = await ask(0);
    expect(await seen(id, 'approved')).toBeUndefined();
    await approveAction(reviewer(), id, { digest });
    expect(await seen(id, 'approved')).toBe('approved');
    expect(await seen(id, 'rejected')).toBeUndefined();
    expect(
      recordedAs(await readVerdictState(sql, workspace.id, id), 'approved', 'person:x'),
    ).toBeUndefined();
  });

  it('is found as the first of two', async () => {
    await setVerdictSettings(workspace.as('admin'), {
      ...DEFAULT_VERDICT_RULES,
      approvalsNeeded: { ...DEFAULT_VERDICT_RULES.approvalsNeeded, medium: 2 },
      reason: 'For a test',
      basedOn: 0,
    });
    const { id, digest } = await ask(0);
    await approveAction(reviewer(), id, { digest });
    expect(await seen(id, 'approved')).toBe('waiting');
    expect(await seen(id, 'rejected')).toBeUndefined();
  });

  it('is found on a canary', async () => {
    const { id, digest } = await ask(0);
    await sql(
      `INSERT INTO canaries (workspace_id, id, template, commitment, nonce, due_at, placed_at, decision_id, approval_id, agent_id)
       SELECT $1, $3, '{"notice":"Look."}'::jsonb, 'c', 'n', now(), now(), decision_id, id, agent_id FROM approvals WHERE id = $2`,
      [workspace.id, id, newId()],
    );
    await approveAction(reviewer(), id, { digest });
    expect(await seen(id, 'approved')).toBe('canary');
    expect(await seen(id, 'rejected')).toBe('canary');
  });
});
