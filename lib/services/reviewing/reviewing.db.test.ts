import { beforeEach, describe, expect, it } from 'vitest';
import { vigilanceBodySchema, type VigilanceBody } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { approveAction } from '@/lib/services/approvals/approve';
import { rejectAction } from '@/lib/services/approvals/reject';
import type { ServiceContext } from '@/lib/services/context';
import { giveFeedback } from '@/lib/services/feedback/give';
import { createIncident } from '@/lib/services/incidents/create';
import { replayScores } from '@/lib/services/ledger/replay-scores';
import { drawIn } from '@/lib/services/reviews/draw-samples';
import { listReviews } from '@/lib/services/reviews/list';
import { sayOfSample } from '@/lib/services/reviews/say';
import {
  actAlone,
  askForApproval,
  ledgerKinds,
  makeAskingAgent,
  makeKeyBy,
  makeKeyContext,
  makePerson,
  makeTool,
  makeTrustedAgent,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { getVigilance } from '@/lib/services/vigilance/get';
import { setVigilance } from '@/lib/services/vigilance/set';
import { figuresOf } from './figures';
import { getLoad, pauseOf } from './load';
import { noteLook } from './look';
import { measure, measureReviewers, readWeight } from './measure';
import { getMyReviewing } from './mine';
import { getReviewingTrend } from './trend';

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const WINDOW = { days: 30 };

let workspace: TestWorkspace;
let agentId: string;

const set = async (changes: Partial<VigilanceBody>) => {
  const { version } = await getVigilance(workspace.as('manager'));
  const settings = vigilanceBodySchema.parse(changes);
  await setVigilance(workspace.as('manager'), { settings, reason: 'A test', basedOn: version });
};
const mine = (role: 'reviewer' | 'analyst' = 'reviewer') =>
  getMyReviewing(workspace.as(role), WINDOW);
const ask = (n: number) => askForApproval(workspace, agentId, { id: `c-${n}`, name: 'Ada' });
const approve = async (n: number, context: ServiceContext = workspace.as('reviewer')) => {
  const asked = await ask(n);
  await approveAction(context, asked.approvalId, { digest: asked.digest });
  return asked;
};
const reject = async (n: number, context: ServiceContext = workspace.as('reviewer')) => {
  const asked = await ask(n);
  await rejectAction(context, asked.approvalId, { reason: 'not_needed' });
  return asked;
};

beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
});

describe('the figures of a reviewer', () => {
  it('have no share while there are too few verdicts, and say how many there are', async () => {
    await approve(1);
    const { now, weight } = await mine();
    expect(now.verdicts).toBe(1);
    expect(now.approved).toEqual({ count: 1, of: 1, minimum: 10, share: null });
    expect(now.toVerdict.seconds).toBeNull();
    expect(weight).toEqual({ value: 1, good: 0, bad: 0, minimum: 10 });
  });

  it('count what was approved and rejected, in the window and by this person alone', async () => {
    for (let n = 0; n < 8; n += 1) await approve(n);
    for (let n = 8; n < 10; n += 1) await reject(n);
    await approve(11, workspace.as('analyst'));
    const { now, before } = await mine();
    expect(now.approved).toEqual({ count: 8, of: 10, minimum: 10, share: 0.8 });
    expect(now.toVerdict.seconds).toBeGreaterThanOrEqual(0);
    expect(before.verdicts).toBe(0);
    const later = workspace.as('reviewer', new Date(Date.now() + 40 * 86_400_000));
    const moved = await getMyReviewing(later, WINDOW);
    expect(moved.now.verdicts).toBe(0);
    expect(moved.before.verdicts).toBe(10);
  });

  it('take an approval as contradicted by a complaint or an incident of it, not by one’s own words', async () => {
    const [complained, harmed, own, fine] = [
      await approve(1),
      await approve(2),
      await approve(3),
      await approve(4),
    ];
    const complaint = { verdict: 'complaint', reason: 'Wrong customer' } as const;
    await giveFeedback(workspace.as('analyst'), complained.decisionId, complaint);
    await giveFeedback(workspace.as('reviewer'), own.decisionId, complaint);
    await giveFeedback(workspace.as('analyst'), fine.decisionId, {
      verdict: 'right',
      reason: 'Fine',
    });
    const { id } = await createIncident(workspace.as('analyst'), {
      agentId,
      severity: 3,
      title: 'Damage',
    });
    await sql(
      `UPDATE incidents SET evidence = jsonb_build_object('decisionId', $2::text) WHERE id = $1`,
      [id, harmed.decisionId],
    );
    const { now, contradictions } = await mine();
    expect(now.contradicted).toMatchObject({ count: 2, of: 4 });
    expect(contradictions.map(({ approvalId, by }) => [approvalId, by]).sort()).toEqual(
      [
        [complained.approvalId, 'feedback'],
        [harmed.approvalId, 'incident'],
      ].sort(),
    );
  });

  it('take a rejection as contradicted when the same call was approved by somebody else and found right', async () => {
    await reject(1);
    await reject(2);
    const again = await approve(1, workspace.as('analyst'));
    expect((await mine()).now.contradicted.count).toBe(0);
    await giveFeedback(workspace.as('manager'), again.decisionId, {
      verdict: 'right',
      reason: 'As the customer wanted',
    });
    const { now, contradictions } = await mine();
    expect(now.contradicted).toMatchObject({ count: 1, of: 2 });
    expect(contradictions[0]).toMatchObject({ outcome: 'rejected', by: 'rejected_alike' });
  });

  it('count agreement on samples that two looked at independently', async () => {
    const trusted = await makeTrustedAgent(workspace);
    for (let n = 0; n < 5; n += 1) await actAlone(workspace, trusted.id, { n });
    await set({ sampleRate: 1, doubleShare: 1 });
    await drawIn(workspace.id, Date.now() + 120_000);
    const { items } = await listReviews(workspace.as('reviewer'), { state: 'open', limit: 50 });
    for (const [index, { id }] of items.entries()) {
      await sayOfSample(workspace.as('reviewer'), id, { verdict: 'right' });
      const second =
        index === 0
          ? ({ verdict: 'corrected', reason: 'A typing error' } as const)
          : ({ verdict: 'right' } as const);
      await sayOfSample(workspace.as('analyst'), id, second);
    }
    for (const role of ['reviewer', 'analyst'] as const)
      expect((await mine(role)).now.agreement).toEqual({ count: 4, of: 5, minimum: 5, share: 0.8 });
  });

  it('are for the person alone: a program has none, a viewer neither', async () => {
    const key = await makeKeyContext(workspace, 'reviewer');
    await expect(getMyReviewing(key, WINDOW)).rejects.toEqual(code('no_person'));
    await expect(getMyReviewing(workspace.as('viewer'), WINDOW)).rejects.toEqual(code('forbidden'));
  });
});

describe('the time a call was in sight', () => {
  it('is bounded by the time that passed, and by half an hour', async () => {
    const asked = await ask(1);
    const at = Date.now();
    const look = (seconds: number, afterMs: number) =>
      noteLook(workspace.as('reviewer', new Date(at + afterMs)), asked.approvalId, seconds);
    const seen = async () => {
      const [row] = await sql<{ seconds: number }>(
        'SELECT seconds FROM approval_looks WHERE approval_id = $1',
        [asked.approvalId],
      );
      return row?.seconds;
    };
    await look(3_600, 20_000);
    expect(await seen()).toBeLessThanOrEqual(25);
    const first = (await seen()) ?? 0;
    await look(5, 40_000);
    expect(await seen()).toBe(first + 5);
    await look(3_600, 50_000);
    expect(await seen()).toBe(first + 15);
    await look(3_600, 10 * 3_600_000);
    expect(await seen()).toBe(1_800);
    // A clock that runs backwards takes nothing away.
    await look(60, 0);
    expect(await seen()).toBe(1_800);
  });

  it('is of an approval of this workspace', async () => {
    const other = await makeWorkspace();
    const asked = await ask(1);
    await expect(noteLook(other.as('admin'), asked.approvalId, 5)).rejects.toEqual(
      code('not_found'),
    );
    await expect(noteLook(workspace.as('admin'), newId(), 5)).rejects.toEqual(code('not_found'));
    await expect(noteLook(workspace.as('viewer'), asked.approvalId, 5)).rejects.toEqual(
      code('forbidden'),
    );
  });
});

describe('what a verdict counts for', () => {
  const magnitudes = async (decisionId: string) => {
    const rows = await sql<{ magnitude: number }>(
      `SELECT magnitude FROM signals WHERE decision_id = $1 AND source_class = 'reviewer' ORDER BY id`,
      [decisionId],
    );
    return rows.map(({ magnitude }) => magnitude);
  };

  it('is 1 while little is known, and what was measured from then on, in ledger and replay', async () => {
    const reviewer = workspace.as('reviewer').actor.personId;
    const asked: { decisionId: string }[] = [];
    for (let n = 0; n < 10; n += 1) asked.push(await approve(n));
    expect(await magnitudes(asked[0]?.decisionId ?? '')).toEqual([1]);
    for (const { decisionId } of asked)
      await giveFeedback(workspace.as('analyst'), decisionId, {
        verdict: 'overridden',
        reason: 'Undone',
      });
    await measureReviewers(Date.now());
    expect(await readWeight(sql, workspace.id, reviewer)).toEqual({
      weight: 0.5,
      good: 0,
      bad: 10,
    });
    expect((await mine()).weight).toMatchObject({ value: 0.5, bad: 10 });
    const weighed = await approve(20);
    expect(await magnitudes(weighed.decisionId)).toEqual([0.5]);
    const full = await approve(21, workspace.as('analyst'));
    expect(await magnitudes(full.decisionId)).toEqual([1]);
    expect(await replayScores(workspace.id)).toMatchObject({ firstDifference: null, unknown: 0 });
  });

  it('and the figures are those of the person behind a key', async () => {
    const admin = workspace.as('admin');
    const key = await makeKeyBy(admin, 'reviewer');
    for (let n = 0; n < 10; n += 1) {
      const { decisionId } = await approve(n, key);
      const feedback = { verdict: 'overridden', reason: 'Undone' } as const;
      await giveFeedback(workspace.as('analyst'), decisionId, feedback);
    }
    await measureReviewers(Date.now());
    const { weight } = await readWeight(sql, workspace.id, admin.actor.personId);
    expect(weight).toBe(0.5);
    const weighed = await approve(20, key);
    expect(await magnitudes(weighed.decisionId)).toEqual([0.5]);
    const window = { workspaceId: workspace.id, personId: admin.actor.personId };
    const of = { ...window, from: new Date(0), to: new Date(Date.now() + 1_000) };
    expect(await figuresOf(sql, of)).toMatchObject({ verdicts: 11 });
  });

  it('holds for words about an action as well', async () => {
    const reviewer = workspace.as('reviewer').actor.personId;
    await measure(sql, workspace.id, reviewer, Date.now());
    await sql('UPDATE reviewer_weights SET weight = 0.8 WHERE person_id = $1', [reviewer]);
    const trusted = await makeTrustedAgent(workspace);
    const decisionId = await actAlone(workspace, trusted.id);
    await giveFeedback(workspace.as('reviewer'), decisionId, {
      verdict: 'complaint',
      reason: 'No',
    });
    expect(await magnitudes(decisionId)).toEqual([0.8]);
    const [row] = await sql('SELECT weight FROM action_feedback WHERE decision_id = $1', [
      decisionId,
    ]);
    expect(row).toEqual({ weight: 0.8 });
  });
});

describe('the trend of a workspace', () => {
  it('is for managers, and hides a week of fewer than three people', async () => {
    await expect(getReviewingTrend(workspace.as('analyst'))).rejects.toEqual(code('forbidden'));
    await approve(1);
    await approve(2, workspace.as('analyst'));
    const few = await getReviewingTrend(workspace.as('manager'));
    expect(few.weeks.at(-1)).toMatchObject({ reviewers: 2, figures: null });
    await approve(3, workspace.as('manager'));
    const enough = await getReviewingTrend(workspace.as('manager'));
    expect(enough.weeks).toHaveLength(8);
    expect(enough.weeks.at(-1)?.figures).toMatchObject({ verdicts: 3 });
    expect(JSON.stringify(enough)).not.toMatch(/The reviewer|person:/);
  });
});

describe('load', () => {
  it('proposes a pause after many verdicts or quick ones, and blocks nothing', () => {
    const settings = { pauseAfterVerdicts: 5, pauseUnderSeconds: 3 };
    expect(pauseOf({ verdicts: 4, medianSeconds: null }, settings)).toBeNull();
    expect(pauseOf({ verdicts: 5, medianSeconds: 60 }, settings)).toBe('many');
    expect(pauseOf({ verdicts: 1, medianSeconds: 3 }, settings)).toBe('quick');
    const off = { pauseAfterVerdicts: 0, pauseUnderSeconds: 0 };
    expect(pauseOf({ verdicts: 500, medianSeconds: 0 }, off)).toBeNull();
  });

  it('counts verdicts in person and through keys that go back to the person', async () => {
    await set({ pauseAfterVerdicts: 2 });
    await approve(1);
    expect(await getLoad(workspace.as('reviewer'))).toMatchObject({ verdicts: 1, pause: null });
    await reject(2);
    expect(await getLoad(workspace.as('reviewer'))).toMatchObject({ verdicts: 2, pause: 'many' });
    const admin = workspace.as('admin');
    await approve(3, await makeKeyBy(admin, 'reviewer'));
    expect((await getLoad(admin)).verdicts).toBe(1);
    const later = workspace.as('reviewer', new Date(Date.now() + 3_600_000));
    expect((await getLoad(later)).verdicts).toBe(0);
  });

  it('takes the median of the last ten that were in sight', async () => {
    await set({ pauseUnderSeconds: 2 });
    for (let n = 0; n < 10; n += 1) {
      const asked = await approve(n);
      await noteLook(workspace.as('reviewer'), asked.approvalId, 1);
    }
    expect(await getLoad(workspace.as('reviewer'))).toMatchObject({
      medianSeconds: 1,
      pause: 'quick',
    });
  });

  describe('with a limit on high risk', () => {
    beforeEach(async () => {
      await makeTool(workspace, 'crm.update', { sideEffect: 'write', risk: 'high' });
      await sql(`UPDATE rung_overrides SET rung = 4 WHERE workspace_id = $1`, [workspace.id]);
      await set({ highRiskPerHour: 2 });
    });

    it('refuses the next approval with the time when it ends, and never a rejection', async () => {
      await approve(1);
      await reject(2);
      const before = Date.now();
      const refused = await approve(3).catch((error: unknown) => error);
      expect(refused).toMatchObject({ kind: 'too_many', code: 'verdict_limit' });
      const { facts, retryAfterSeconds } = (
        refused as { details: { facts: { until: string }; retryAfterSeconds: number } }
      ).details;
      expect(Date.parse(facts.until)).toBeGreaterThan(before);
      expect(retryAfterSeconds).toBeLessThanOrEqual(3_600);
      await reject(4);
      expect((await getLoad(workspace.as('reviewer'))).limit).toMatchObject({
        perHour: 2,
        given: 3,
      });
      await approve(5, workspace.as('analyst'));
      expect(
        (await ledgerKinds(workspace.id)).filter((kind) => kind === 'approval.approved'),
      ).toHaveLength(2);
    });

    it('holds for somebody who asks many times at once, and through their keys', async () => {
      const person = await makePerson(workspace.id, 'admin', 'Ada Admin');
      const context = { actor: person, now: new Date() };
      const key = await makeKeyBy(context, 'reviewer');
      const asked = [];
      for (let n = 0; n < 6; n += 1) asked.push(await ask(n));
      const tries = await Promise.allSettled(
        asked.map(({ approvalId, digest }, index) =>
          approveAction(index % 2 === 0 ? context : key, approvalId, { digest }),
        ),
      );
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
      for (const one of tries.filter(({ status }) => status === 'rejected'))
        expect(one).toMatchObject({ reason: { code: 'verdict_limit' } });
    });
  });
});
