import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Dimension, EvaluationRun } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { call, DAY_MS, HOUR_MS, makeFleet, type Fleet } from '@/lib/http/testing/fleet';
import { createLadder } from '@/lib/services/ladders/create';
import { listLadders } from '@/lib/services/ladders/list';
import { listResponses } from '@/lib/services/responses/list';
import { judgeEvaluations } from '@/lib/services/upkeep/evaluations';
import { postEvaluationRun } from './evaluation-runs';

const START = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
let fleet: Fleet;
const at = (ms: number) => vi.setSystemTime(START + ms);

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  await sql(
    `SELECT belay_ensure_partitions(current_date, (current_date + interval '4 months')::date)`,
  );
});
afterAll(() => {
  vi.useRealTimers();
});
beforeEach(async () => {
  at(0);
  fleet = await makeFleet({
    pact: {
      tools: ['*'],
      commitments: [
        { name: 'Right answers', measure: 'accuracy', atLeast: 0.95, overDays: 30 },
        { name: 'Happy users', measure: 'smiles', atLeast: 0.5, overDays: 7 },
      ],
    },
  });
});

/** Results of one dimension: `passed` checks that pass and `failed` that do not. */
const checks = (dimension: Dimension, passed: number, failed: number) =>
  Array.from({ length: passed + failed }, (_, n) => ({
    id: `${dimension}-${n}`,
    dimension,
    passed: n < passed,
  }));

const run = (changes: Record<string, unknown> = {}) =>
  call<EvaluationRun & { code?: string }>(postEvaluationRun, {
    key: fleet.key('analyst'),
    body: {
      id: newId(),
      agent: fleet.agentId,
      suite: 'nightly',
      checks: checks('accuracy', 20, 0),
      ...changes,
    },
  });

const opened = async () =>
  (await fleet.incidents()).map(({ kind, severity }) => `${severity} ${kind}`).sort();

describe('a run of checks', () => {
  it('gives signals in the layers it is about, and dimensions on the agent', async () => {
    const answer = await run({
      checks: [...checks('accuracy', 19, 1), ...checks('injection_resistance', 10, 0)],
    });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        duplicate: false,
        dimensions: [
          { passed: 19, total: 20 },
          { passed: 10, total: 10 },
        ],
      },
    });
    const rows = await sql<{ kind: string; magnitude: number }>(
      'SELECT kind, magnitude FROM signals WHERE agent_id = $1 ORDER BY kind',
      [fleet.agentId],
    );
    expect(rows.map(({ kind }) => kind)).toEqual([
      'behavior.injection_checks_passed',
      'outcome.evaluation_failed',
      'outcome.evaluation_passed',
    ]);
    expect(rows[1]?.magnitude).toBeCloseTo(0.05, 10);
    const { dimensions, badges } = await fleet.detail();
    expect(dimensions).toMatchObject([
      { dimension: 'accuracy', score: 0.95, passed: 19, total: 20 },
      { dimension: 'safety', score: null, total: 0, at: null },
      { dimension: 'scope_adherence', score: null },
      { dimension: 'injection_resistance', score: 1 },
    ]);
    expect(badges.map(({ id }) => id)).toEqual(['injection-free']);
    expect(await fleet.ledger()).toContain('evaluation.recorded');
  });

  it('counts once, however often it is sent', async () => {
    const body = { id: 'run-1' };
    await run(body);
    const score = await fleet.score();
    const again = await Promise.all([run(body), run(body), run(body)]);
    expect(again.map((answer) => answer.body.duplicate)).toEqual([true, true, true]);
    expect(await fleet.score()).toBe(score);
    expect((await run({ id: 'run-1', suite: 'other' })).body.code).toBe('run_differs');
    expect((await fleet.detail()).dimensions[0]?.total).toBe(20);
  });

  it.each([
    ['no checks', { checks: [] }, 400],
    ['a check twice', { checks: [...checks('safety', 1, 0), ...checks('safety', 1, 0)] }, 400],
    ['a dimension nobody knows', { checks: [{ id: 'x', dimension: 'luck', passed: true }] }, 400],
    [
      'a score above 1',
      { checks: [{ id: 'x', dimension: 'safety', passed: true, score: 2 }] },
      400,
    ],
    [
      'a negative score',
      { checks: [{ id: 'x', dimension: 'safety', passed: true, score: -1 }] },
      400,
    ],
    ['a clock an hour ahead', { at: new Date(START + HOUR_MS).toISOString() }, 422],
    ['a run of last year', { at: new Date(START - 366 * DAY_MS).toISOString() }, 422],
    ['an agent nobody knows', { agent: newId() }, 404],
  ])('is refused with %s, and leaves the score as it was', async (_, changes, status) => {
    await run();
    const before = await fleet.score();
    const answer = await run(changes);
    expect(answer.status).toBe(status);
    expect(answer.body.code).toBeTypeOf('string');
    expect(await fleet.score()).toBe(before);
  });

  it('is not for viewers', async () => {
    const body = { id: 'r', agent: fleet.agentId, suite: 's', checks: checks('safety', 1, 0) };
    const answer = await call(postEvaluationRun, { key: fleet.key('viewer'), body });
    expect(answer).toMatchObject({ status: 403 });
  });
});

describe('safety checks', () => {
  it('under 90 % in 24 hours suspend the agent from its next action on', async () => {
    await run({ checks: checks('safety', 9, 1) });
    expect(await opened()).toEqual([]);
    expect(await fleet.may('note.write')).toBe('allow');
    await run({ suite: 'weekly', checks: checks('safety', 8, 1) });
    expect(await opened()).toContain('1 evaluation.safety_low');
    expect(await fleet.may('note.write')).toBe('agent.suspended');
    const { id, evidence } = await fleet.incident('evaluation.safety_low');
    expect(evidence[0]).toMatchObject({ dimension: 'safety', suite: 'weekly', limit: 0.9 });
    await fleet.explain(id);
    expect(await fleet.may('note.write')).not.toBe('agent.suspended');
  });

  it('suspend from the first failed check on, unless the ladder wants more of them', async () => {
    const { items } = await listLadders(fleet.workspace.as('manager'), { limit: 1 });
    const [current] = items;
    if (current === undefined) throw new Error('a workspace has a ladder');
    const ladder = { ...current.ladder, minimumSafetyChecks: 5 };
    const change = { ladder, reason: 'Single checks are noise', basedOn: current.version };
    await createLadder(fleet.workspace.as('manager'), change);
    await run({ checks: checks('safety', 0, 1) });
    await run({ suite: 'weekly', checks: checks('safety', 2, 1) });
    expect(await fleet.may('note.write')).toBe('allow');
    const { items: table } = await listResponses(fleet.workspace.as('viewer'));
    expect(table.find(({ kind }) => kind === 'evaluation.safety_low')?.threshold).toMatch(
      /of at least 5$/,
    );
    await run({ suite: 'third', checks: checks('safety', 1, 0) });
    await run({ suite: 'fourth', checks: checks('safety', 0, 1) });
    expect(await fleet.may('note.write')).toBe('agent.suspended');
  });

  it('one of one suspends under a ladder that says nothing of it', async () => {
    await run({ checks: checks('safety', 0, 1) });
    expect(await fleet.may('note.write')).toBe('agent.suspended');
  });

  it('are judged anew when the good ones of yesterday no longer count, once', async () => {
    await run({ checks: checks('safety', 20, 0) });
    at(20 * HOUR_MS);
    await run({ suite: 'weekly', checks: checks('safety', 6, 2) });
    expect(await opened()).toEqual([]);
    at(25 * HOUR_MS);
    await Promise.all([judgeEvaluations(Date.now()), judgeEvaluations(Date.now())]);
    expect(await opened()).toEqual(['1 evaluation.safety_low']);
    const { id, evidence } = await fleet.incident('evaluation.safety_low');
    expect(evidence).toHaveLength(1);
    await fleet.explain(id);
    await fleet.close(id);
    await judgeEvaluations(Date.now());
    expect((await fleet.incident('evaluation.safety_low')).state).toBe('closed');
    expect((await fleet.detail()).status).toBe('active');
  });
});

describe('scope adherence', () => {
  it('that falls by 30 points within 7 days opens an incident of severity 1', async () => {
    await run({ suite: 'a', checks: checks('scope_adherence', 10, 0) });
    at(6 * DAY_MS);
    await run({ suite: 'b', checks: checks('scope_adherence', 71, 29) });
    expect(await opened()).toEqual([]);
    await run({ suite: 'c', checks: checks('scope_adherence', 7, 3) });
    expect(await opened()).toEqual(['1 evaluation.scope_fell']);
    expect(await fleet.may('note.write')).toBe('agent.suspended');
  });

  it('that fell longer ago opens none', async () => {
    await run({ suite: 'a', checks: checks('scope_adherence', 10, 0) });
    at(8 * DAY_MS);
    await run({ suite: 'b', checks: checks('scope_adherence', 7, 3) });
    expect(await opened()).toEqual([]);
  });
});

describe('accuracy and commitments', () => {
  it('under what the pact promises opens an incident of severity 2 and breaks the commitment', async () => {
    await run({ checks: checks('accuracy', 95, 5) });
    const states = async () => (await fleet.detail()).commitments.map(({ state }) => state);
    expect(await states()).toEqual(['kept', 'unknown']);
    await run({ suite: 'other', checks: checks('accuracy', 18, 2) });
    expect(await opened()).toEqual(['2 evaluation.accuracy_low']);
    expect((await fleet.detail()).commitments[0]).toMatchObject({
      name: 'Right answers',
      state: 'broken',
      value: expect.closeTo(113 / 120, 10) as number,
      observations: 120,
      since: new Date(START).toISOString(),
    });
    expect(await fleet.ledger()).toEqual(
      expect.arrayContaining(['commitment.kept', 'commitment.broken']),
    );
  });

  it('is kept again when the bad days have passed', async () => {
    await run({ checks: checks('accuracy', 1, 1) });
    at(29 * DAY_MS);
    await run({ suite: 'other', checks: checks('accuracy', 10, 0) });
    expect((await fleet.detail()).commitments[0]?.state).toBe('broken');
    at(31 * DAY_MS);
    await judgeEvaluations(Date.now());
    expect((await fleet.detail()).commitments[0]).toMatchObject({
      state: 'kept',
      since: new Date(START + 31 * DAY_MS).toISOString(),
    });
  });
});

describe('a check that used to pass', () => {
  it('and fails opens an incident of severity 3 that names it, not one that always failed', async () => {
    await run({ id: 'one', checks: checks('injection_resistance', 2, 1) });
    expect(await opened()).toEqual([]);
    at(HOUR_MS);
    await run({ id: 'two', checks: checks('injection_resistance', 1, 2) });
    expect(await opened()).toEqual(['3 evaluation.check_regressed']);
    const { evidence } = await fleet.incident('evaluation.check_regressed');
    expect(evidence[0]).toMatchObject({
      run: 'two',
      checks: [{ checkId: 'injection_resistance-1', passedIn: 'one' }],
    });
  });

  it('is told by when the checks ran, not by when their results arrived', async () => {
    const ran = (hours: number) => ({ at: new Date(START - hours * HOUR_MS).toISOString() });
    await run({ ...ran(1), checks: checks('safety', 10, 0) });
    await run({ ...ran(2), checks: checks('safety', 9, 1) });
    expect(await opened()).toEqual([]);
  });
});

describe('a badge', () => {
  it('expires 30 days after the newest run, and is lost with the first failure', async () => {
    await run({ suite: 'a', checks: checks('injection_resistance', 5, 0) });
    expect((await fleet.detail()).badges).toMatchObject([
      { id: 'injection-free', expiresAt: new Date(START + 30 * DAY_MS).toISOString() },
    ]);
    at(29 * DAY_MS);
    expect((await fleet.detail()).badges).toHaveLength(1);
    at(30 * DAY_MS);
    expect((await fleet.detail()).badges).toEqual([]);
    await run({ suite: 'a', checks: checks('injection_resistance', 5, 0) });
    await run({ suite: 'b', checks: checks('injection_resistance', 4, 1) });
    expect((await fleet.detail()).badges).toEqual([]);
  });

  it('is lost when an injection is confirmed', async () => {
    await run({ checks: checks('injection_resistance', 5, 0) });
    await fleet.signal('behavior.injection_confirmed');
    expect((await fleet.detail()).badges).toEqual([]);
  });
});
