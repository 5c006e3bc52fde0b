import { beforeEach, describe, expect, it } from 'vitest';
import {
  basePolicyInputSchema,
  vigilanceBodySchema,
  type CanaryTemplate,
  type VigilanceBody,
} from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { expireApprovals, redeemPermit, submitAction } from '@/lib/decide';
import { startDecisionPoint } from '@/lib/decide/testing/decision-point';
import { getAgent } from '@/lib/services/agents/get';
import { approveAction } from '@/lib/services/approvals/approve';
import { getApproval } from '@/lib/services/approvals/get';
import { listApprovals } from '@/lib/services/approvals/list';
import { rejectAction } from '@/lib/services/approvals/reject';
import { listDecisions } from '@/lib/services/decisions/list';
import { setBasePolicy } from '@/lib/services/base-policy/set';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { replayScores } from '@/lib/services/ledger/replay-scores';
import { verifyLedger } from '@/lib/services/ledger/verify';
import { listSessions } from '@/lib/services/sessions/list';
import { createOverride } from '@/lib/services/overrides/create';
import { getOverview } from '@/lib/services/overview/get';
import {
  askForApproval,
  makeAskingAgent,
  makePerson,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { getVigilance } from '@/lib/services/vigilance/get';
import { setVigilance } from '@/lib/services/vigilance/set';
import { commitmentOf } from './commitment';
import { tendIn } from './tend';
import { placeTestCanary, TEST_TEMPLATE } from './testing/place-test-canary';

const DAY_MS = 86_400_000;
const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const template = TEST_TEMPLATE;

let workspace: TestWorkspace;
let agentId: string;

const set = async (changes: Partial<VigilanceBody>) => {
  const { version } = await getVigilance(workspace.as('manager'));
  const settings = vigilanceBodySchema.parse({ canaryTemplates: [template], ...changes });
  await setVigilance(workspace.as('manager'), { settings, reason: 'A test', basedOn: version });
};

/** The ledger's entries of a kind, as they were hashed. */
const entries = async (kind: string) => {
  const rows = await sql<{ bytes: Buffer; subject: string }>(
    'SELECT bytes, subject FROM ledger_entries WHERE workspace_id = $1 AND kind = $2 ORDER BY seq',
    [workspace.id, kind],
  );
  return rows.map(({ bytes, subject }) => ({
    subject,
    text: bytes.toString('utf8'),
    body: (JSON.parse(bytes.toString('utf8')) as { body: Record<string, unknown> }).body,
  }));
};

const place = () => placeTestCanary(workspace);

const outcomes = async () => {
  const rows = await sql<{ outcome: string | null }>(
    'SELECT outcome FROM canaries WHERE workspace_id = $1 ORDER BY id',
    [workspace.id],
  );
  return rows.map(({ outcome }) => outcome);
};

/** What is told of something, without what differs from one request to the next: ids and times. */
const told = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, item: unknown) => {
      if (/^(id|decisionId|approvalId|requestedAt|expiresAt|decidedAt|freshAt)$/.test(key))
        return 'own';
      // The score loses a little with each second.
      return typeof item === 'number' ? Math.round(item * 1e3) / 1e3 : item;
    }),
  );

beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
  await askForApproval(workspace, agentId);
});

describe('sealing', () => {
  it('writes the commitments of a day into the ledger, and nothing that tells what or when', async () => {
    await set({ canariesPerDay: 4 });
    const now = Date.now();
    await tendIn(workspace.id, now);
    await tendIn(workspace.id, now + 60_000);
    const [sealed, ...more] = await entries('canaries.sealed');
    expect(more).toEqual([]);
    const commitments = sealed?.body['commitments'] as string[];
    const rows = await sql<{ id: string; nonce: string; dueAt: Date; template: CanaryTemplate }>(
      'SELECT id, nonce, due_at AS "dueAt", template FROM canaries WHERE workspace_id = $1',
      [workspace.id],
    );
    expect(rows).toHaveLength(4);
    expect(rows.map((row) => commitmentOf({ ...row, dueAt: row.dueAt.getTime() })).sort()).toEqual(
      commitments,
    );
    for (const { nonce } of rows) expect(sealed?.text).not.toContain(nonce);
    expect(sealed?.text).not.toContain('crm.update');
    await tendIn(workspace.id, now + DAY_MS + 1);
    expect(await entries('canaries.sealed')).toHaveLength(2);
  });

  it('is off unless a manager sets a rate', async () => {
    await tendIn(workspace.id, Date.now());
    expect(await outcomes()).toEqual([]);
    expect(await entries('canaries.sealed')).toEqual([]);
  });

  it('keeps the templates out of what reviewers can read', async () => {
    await set({ canariesPerDay: 1 });
    const [changed] = await entries('vigilance.changed');
    expect(changed?.text).not.toContain('two_factor');
    expect(() => getVigilance(workspace.as('reviewer'))).toThrow();
  });

  it('opens what was sealed and never came, when the rate is set to nothing', async () => {
    await set({ canariesPerDay: 2 });
    await tendIn(workspace.id, Date.now());
    await set({ canariesPerDay: 0 });
    await tendIn(workspace.id, Date.now());
    expect(await outcomes()).toEqual(['unused', 'unused']);
    expect(await entries('canary.opened')).toHaveLength(2);
  });
});

describe('a canary in the queue', () => {
  it('looks like a request of an agent at work, on the wire and in the ledger', async () => {
    const before = await entries('decision.made');
    const { id } = await place();
    const page = await listApprovals(workspace.as('reviewer'), { status: 'pending', limit: 50 });
    const [real, canary] = page.items;
    expect(page.counts.pending).toBe(2);
    expect(canary).toMatchObject({ id, agent: { id: agentId }, risk: 'medium', state: 'pending' });
    expect(Object.keys(canary ?? {}).sort()).toEqual(Object.keys(real ?? {}).sort());
    const [realDetail, detail] = await Promise.all([
      getApproval(workspace.as('reviewer'), real?.id ?? ''),
      getApproval(workspace.as('reviewer'), id),
    ]);
    expect(Object.keys(detail).sort()).toEqual(Object.keys(realDetail).sort());
    expect(detail.mayDecide).toEqual({ allowed: true });
    expect(JSON.stringify(detail)).not.toMatch(/canary|seeded/i);
    expect(await entries('decision.made')).toEqual(before);
    expect(await entries('canary.opened')).toEqual([]);
  });

  it('has the values a request of the same agent would have, wherever it is shown', async () => {
    await sql('DELETE FROM approvals WHERE workspace_id = $1', [workspace.id]);
    await sql('DELETE FROM decisions WHERE workspace_id = $1', [workspace.id]);
    const call = {
      agentId,
      actor: `agent:${agentId}`,
      tool: template.tool,
      arguments: template.arguments,
      resource: template.resource,
      sessionId: 's-1',
      endUser: 'somebody@example.org',
      caseId: 'case-7',
    };
    const ask = () => submitAction(workspace.id, { ...call, requestId: newId() });
    await sql(
      `INSERT INTO sessions (workspace_id, id, agent_id, request, created_at) VALUES ($1, 's-1', $2, 'Change C-2', now())`,
      [workspace.id, agentId],
    );
    const first = await ask();
    const { id, decisionId } = await place();
    const second = await ask();
    const reviewer = workspace.as('reviewer');
    const [canary, real] = await Promise.all([
      getApproval(reviewer, id),
      getApproval(reviewer, second.approval?.id ?? ''),
    ]);
    const { lastOfKind, timeline, ...others } = real;
    const expected = {
      ...others,
      // The call after it also has the canary behind it, which is there like any other.
      lastOfKind: lastOfKind.slice(1),
      timeline: { ...timeline, calls: timeline?.calls.slice(0, 1) },
    };
    expect(told(canary)).toEqual(told(expected));
    expect(canary.mayGrant.allowed).toBe(true);
    expect(told(timeline?.calls[1])).toEqual(told(timeline?.calls[0]));
    const page = await listApprovals(reviewer, { status: 'pending', limit: 50 });
    const row = (approval: string) => told(page.items.find((item) => item.id === approval));
    expect(row(id)).toEqual(row(first.approval?.id ?? ''));
    const { items } = await listDecisions(reviewer, { agent: agentId, limit: 50 });
    expect(items.map((item) => item.id)).toEqual([second.id, decisionId, first.id]);
    expect(told(items[1])).toEqual(told(items[0]));
    expect((await getAgent(reviewer, agentId)).counts.decisions).toBe(3);
    expect((await getOverview(reviewer)).last24h.decisions).toBe(3);
    const sessions = await listSessions(reviewer, { agent: agentId, limit: 10 });
    expect(sessions.items[0]?.decisions).toBe(3);
    const announced = await sql<{ type: string }>(
      'SELECT type FROM outbox WHERE workspace_id = $1 AND agent_id = $2 ORDER BY seq DESC LIMIT 6',
      [workspace.id, agentId],
    );
    expect(announced.slice(0, 2)).toEqual(announced.slice(2, 4));
  });

  it('is left where no agent would have to wait with it', async () => {
    await set({
      canariesPerDay: 1,
      canaryTemplates: [{ ...template, tool: 'payment.transfer' }],
    });
    await sql(
      `UPDATE pacts SET body = jsonb_set(body, '{tools}', '["crm.*"]') WHERE workspace_id = $1`,
      [workspace.id],
    );
    await expect(place()).rejects.toThrow('no canary was placed');
  });

  it('for a tool nobody has described has the risk that such a tool has', async () => {
    const until = new Date(Date.now() + DAY_MS).toISOString();
    const pin = { rung: 4, until, reason: 'A test' } as const;
    await createOverride(workspace.as('manager'), agentId, pin);
    await set({
      canariesPerDay: 1,
      canaryTemplates: [{ ...template, risk: 'low', tool: 'crm.merge' }],
    });
    const { id } = await place();
    const detail = await getApproval(workspace.as('reviewer'), id);
    expect(detail).toMatchObject({ risk: 'high', action: { name: 'crm.merge' } });
    expect(detail.reasons.length).toBeGreaterThan(0);
  });

  it('comes only while its agent is at work', async () => {
    await sql(`UPDATE agents SET last_seen_at = now() - interval '20 minutes' WHERE id = $1`, [
      agentId,
    ]);
    await expect(place()).rejects.toThrow('no canary was placed');
  });

  it('comes only where real requests come', async () => {
    await sql(
      `UPDATE approvals SET requested_at = requested_at - interval '2 hours' WHERE workspace_id = $1`,
      [workspace.id],
    );
    await expect(place()).rejects.toThrow('no canary was placed');
  });

  it('is told at once when it was rejected, with what there was to notice', async () => {
    const { id } = await place();
    const answer = await rejectAction(workspace.as('reviewer'), id, { reason: 'unsafe' });
    expect(answer).toMatchObject({
      state: 'cancelled',
      verdict: null,
      effect: null,
      canary: { outcome: 'caught', notice: template.notice, name: 'The reviewer' },
    });
    expect(answer.cancelReason).toContain('caught');
  });

  it('that was approved gives no permit, and nothing can be redeemed', async () => {
    const { id, decisionId } = await place();
    const { digest } = await getApproval(workspace.as('reviewer'), id);
    const answer = await approveAction(workspace.as('reviewer'), id, { digest });
    expect(answer).toMatchObject({ state: 'cancelled', canary: { outcome: 'missed' } });
    const permits = await sql('SELECT 1 FROM permits WHERE workspace_id = $1', [workspace.id]);
    expect(permits).toEqual([]);
    const redemption = {
      workspaceId: workspace.id,
      agentId,
      decisionId,
      actor: `agent:${agentId}`,
      tool: template.tool,
      arguments: template.arguments,
      resource: template.resource,
      now: Date.now(),
    };
    await expect(redeemPermit(redemption)).rejects.toEqual(code('not_permitted'));
    await expect(approveAction(workspace.as('analyst'), id, { digest })).rejects.toEqual(
      code('cancelled'),
    );
  });

  it('that is approved with edits is nothing the decision point outside is asked about', async () => {
    const { id } = await place();
    const point = await startDecisionPoint();
    await setBasePolicy(
      workspace.as('admin'),
      basePolicyInputSchema.parse({
        kind: 'opa',
        url: `${point.url}/`,
        path: 'agents/decision',
        timeoutMs: 3_000,
        reason: 'Our rules',
        basedOn: 0,
      }),
    );
    const { digest } = await getApproval(workspace.as('reviewer'), id);
    const edits = { ...template.arguments, two_factor: 'on' };
    const answer = await approveAction(workspace.as('reviewer'), id, { digest, edits });
    await point.close();
    expect(point.asked).toEqual([]);
    expect(answer).toMatchObject({ state: 'cancelled', canary: { outcome: 'edited' } });
  });

  it('takes one verdict of many at once', async () => {
    const { id } = await place();
    const { digest } = await getApproval(workspace.as('reviewer'), id);
    const tries = await Promise.allSettled([
      approveAction(workspace.as('reviewer'), id, { digest }),
      rejectAction(workspace.as('analyst'), id, { reason: 'unsafe' }),
      approveAction(workspace.as('manager'), id, { digest }),
    ]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await entries('canary.opened')).toHaveLength(1);
  });

  it('touches no score and no figure of the agent', async () => {
    const viewer = workspace.as('viewer');
    const figures = async () => {
      const { trust, counts } = await getAgent(viewer, agentId);
      const { last24h, latest } = await getOverview(viewer);
      const points = await sql('SELECT 1 FROM score_points WHERE workspace_id = $1', [
        workspace.id,
      ]);
      const signals = await sql('SELECT 1 FROM agent_signals WHERE workspace_id = $1', [
        workspace.id,
      ]);
      const { score } = trust;
      return { score, counts, last24h, latest, points: points.length, signals: signals.length };
    };
    const before = await figures();
    const { id } = await place();
    await rejectAction(workspace.as('reviewer'), id, { reason: 'injection' });
    const after = await figures();
    expect({ ...after, score: 0 }).toEqual({ ...before, score: 0 });
    // Time alone moves a score a little; a verdict would move it far more.
    expect(Math.abs(after.score - before.score)).toBeLessThan(1e-6);
    const { items } = await listDecisions(viewer, { limit: 50 });
    expect(items.every(({ tool }) => tool === 'crm.update')).toBe(true);
    expect(items).toHaveLength(1);
  });

  it('opens its commitment in the ledger with the verdict, and the replay of scores is whole', async () => {
    const { id } = await place();
    await rejectAction(workspace.as('reviewer'), id, { reason: 'unsafe' });
    const [opened] = await entries('canary.opened');
    expect(opened).toMatchObject({ subject: `approval:${id}`, body: { outcome: 'caught' } });
    const [sealed] = await entries('canaries.sealed');
    expect(sealed?.body['commitments']).toContain(opened?.body['commitment']);
    expect(await replayScores(workspace.id)).toMatchObject({ firstDifference: null });
    expect(await verifyLedger(workspace.as('admin'))).toMatchObject({ ok: true });
  });

  it('is not for the owner of the agent it borrows', async () => {
    const owner = await makePerson(workspace.id, 'reviewer', 'Ole Owner');
    await sql('UPDATE agents SET owner_person_id = $2 WHERE id = $1', [agentId, owner.personId]);
    const { id } = await place();
    await expect(
      rejectAction({ actor: owner, now: new Date() }, id, { reason: 'unsafe' }),
    ).rejects.toEqual(code('own_agent'));
  });

  it('that nobody judged in time is opened silently', async () => {
    const { id } = await place();
    await expireApprovals(workspace.id, Date.now() + DAY_MS / 12);
    await tendIn(workspace.id, Date.now() + 1);
    expect(await outcomes()).toEqual(['expired']);
    const answer = await getApproval(workspace.as('reviewer'), id);
    expect(answer.state).toBe('expired');
    expect(answer.canary).toBeUndefined();
  });

  it('that a kill switch ended counts for nobody', async () => {
    await place();
    await setKillSwitch(workspace.as('admin'), {
      scope: { type: 'workspace' },
      mode: 'halt',
      reason: 'A test',
    });
    await tendIn(workspace.id, Date.now() + 1);
    expect(await outcomes()).toEqual(['void']);
  });
});
