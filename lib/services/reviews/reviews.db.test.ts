import { beforeEach, describe, expect, it } from 'vitest';
import { vigilanceBodySchema, type VigilanceBody } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { listFeedback } from '@/lib/services/feedback/list';
import { replayScores } from '@/lib/services/ledger/replay-scores';
import {
  actAlone,
  askForApproval,
  ledgerKinds,
  makeAskingAgent,
  makePerson,
  makeTrustedAgent,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { getVigilance } from '@/lib/services/vigilance/get';
import { setVigilance } from '@/lib/services/vigilance/set';
import { drawIn } from './draw-samples';
import { getReview } from './get';
import { listReviews } from './list';
import { sayOfSample } from './say';

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const minutes = (count: number) => count * 60_000;
const soon = () => Date.now() + minutes(2);
const OPEN = { state: 'open', limit: 50 } as const;

let workspace: TestWorkspace;
let agentId: string;

const draw = async (changes: Partial<VigilanceBody> = {}) => {
  const { version } = await getVigilance(workspace.as('manager'));
  const settings = vigilanceBodySchema.parse({ sampleRate: 1, doubleShare: 0, ...changes });
  await setVigilance(workspace.as('manager'), { settings, reason: 'A test', basedOn: version });
  return drawIn(workspace.id, soon());
};

beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeTrustedAgent(workspace)).id;
});

describe('drawing samples', () => {
  it('draws what was allowed without a person, once, and writes each into the ledger', async () => {
    const taken = [
      await actAlone(workspace, agentId),
      await actAlone(workspace, agentId, { n: 2 }),
    ];
    const asking = await makeAskingAgent(workspace);
    await askForApproval(workspace, asking.id);
    expect(await draw()).toBe(2);
    expect(await draw()).toBe(0);
    const { items, counts } = await listReviews(workspace.as('reviewer'), OPEN);
    expect(items.map(({ decisionId }) => decisionId).sort()).toEqual([...taken].sort());
    expect(counts.open).toBe(2);
    const kinds = await ledgerKinds(workspace.id);
    expect(kinds.filter((kind) => kind === 'review.drawn')).toHaveLength(2);
  });

  it('leaves what is younger than a minute to the next round, so that nothing falls between two', async () => {
    await actAlone(workspace, agentId);
    await draw();
    const [row] = await sql<{ count: number }>(
      'SELECT count(*)::int AS count FROM review_samples WHERE workspace_id = $1',
      [workspace.id],
    );
    expect(row?.count).toBe(1);
    const other = await makeWorkspace();
    const young = await makeTrustedAgent(other);
    await actAlone(other, young.id);
    expect(await drawIn(other.id, Date.now())).toBe(0);
  });

  it('draws no more than the day has room for', async () => {
    for (let n = 0; n < 5; n += 1) await actAlone(workspace, agentId, { n });
    expect(await draw({ samplesPerDay: 3 })).toBe(3);
    for (let n = 5; n < 8; n += 1) await actAlone(workspace, agentId, { n });
    expect(await draw({ samplesPerDay: 4 })).toBe(1);
  });

  it('is done by one of several processes', async () => {
    for (let n = 0; n < 6; n += 1) await actAlone(workspace, agentId, { n });
    const { version } = await getVigilance(workspace.as('manager'));
    const settings = vigilanceBodySchema.parse({ sampleRate: 1, doubleShare: 0 });
    await setVigilance(workspace.as('manager'), { settings, reason: 'A test', basedOn: version });
    const at = soon();
    const drawn = await Promise.all(Array.from({ length: 4 }, () => drawIn(workspace.id, at)));
    expect(drawn.reduce((sum, count) => sum + count, 0)).toBe(6);
  });
});

describe('a sample', () => {
  it('carries the call as a reviewer of an approval reads it', async () => {
    const decisionId = await actAlone(workspace, agentId, { text: 'Called back' });
    await draw();
    const [item] = (await listReviews(workspace.as('reviewer'), OPEN)).items;
    const review = await getReview(workspace.as('reviewer'), item?.id ?? '');
    expect(review).toMatchObject({
      decisionId,
      state: 'open',
      wanted: 1,
      given: 0,
      mine: null,
      mayReview: { allowed: true },
      call: {
        decisionId,
        action: { name: 'note.add', properties: { arguments: { text: 'Called back' } } },
        tool: { known: true, sideEffect: 'write' },
        risk: 'low',
      },
      said: [],
    });
  });

  it('takes one word, which is evidence, and is done', async () => {
    await actAlone(workspace, agentId);
    await draw();
    const reviewer = workspace.as('reviewer');
    const [item] = (await listReviews(reviewer, OPEN)).items;
    const done = await sayOfSample(reviewer, item?.id ?? '', { verdict: 'right' });
    expect(done).toMatchObject({ state: 'done', mine: 'right', given: 1 });
    expect(done.said[0]?.effect?.after.score).toBeGreaterThan(
      done.said[0]?.effect?.before.score ?? 1,
    );
    expect((await listReviews(reviewer, OPEN)).items).toEqual([]);
    await expect(
      sayOfSample(workspace.as('analyst'), item?.id ?? '', { verdict: 'right' }),
    ).rejects.toEqual(code('review_closed'));
    expect(await replayScores(workspace.id)).toMatchObject({ firstDifference: null });
  });

  it('that two look at keeps the first word from the second', async () => {
    const decisionId = await actAlone(workspace, agentId);
    await draw({ doubleShare: 1 });
    const [reviewer, analyst] = [workspace.as('reviewer'), workspace.as('analyst')];
    const [item] = (await listReviews(reviewer, OPEN)).items;
    const id = item?.id ?? '';
    const first = await sayOfSample(reviewer, id, { verdict: 'corrected', reason: 'Wrong name' });
    expect(first).toMatchObject({ state: 'open', given: 1, mine: 'corrected' });
    expect((await listReviews(reviewer, OPEN)).items).toEqual([]);
    expect((await getReview(analyst, id)).said).toEqual([]);
    expect((await listFeedback(analyst, decisionId)).items).toEqual([]);
    await expect(sayOfSample(reviewer, id, { verdict: 'right' })).rejects.toEqual(
      code('already_said'),
    );
    const second = await sayOfSample(analyst, id, { verdict: 'right' });
    expect(second.state).toBe('done');
    expect(second.said.map(({ verdict }) => verdict)).toEqual(['corrected', 'right']);
    expect((await listFeedback(workspace.as('viewer'), decisionId)).items).toHaveLength(2);
  });

  it('is left after a while, and that says nothing about the agent', async () => {
    await actAlone(workspace, agentId);
    await draw();
    const later = workspace.as('reviewer', new Date(Date.now() + 15 * 24 * minutes(60)));
    expect((await listReviews(later, OPEN)).items).toEqual([]);
    const closed = await listReviews(later, { state: 'closed', limit: 50 });
    expect(closed.items[0]).toMatchObject({ state: 'lapsed', mayReview: { allowed: false } });
    await expect(
      sayOfSample(later, closed.items[0]?.id ?? '', { verdict: 'right' }),
    ).rejects.toEqual(code('review_closed'));
    const signals = await sql(
      `SELECT 1 FROM signals WHERE workspace_id = $1 AND kind LIKE 'outcome.%' AND source_class = 'reviewer'`,
      [workspace.id],
    );
    expect(signals).toEqual([]);
  });

  it('of one’s own agent is for somebody else', async () => {
    const owner = await makePerson(workspace.id, 'reviewer', 'Olga Owner');
    const owned = await makeTrustedAgent(workspace, { owner: owner.email });
    await actAlone(workspace, owned.id);
    await draw();
    const context = { actor: owner, now: new Date() };
    const [item] = (await listReviews(context, OPEN)).items;
    expect(item?.mayReview.allowed).toBe(false);
    await expect(sayOfSample(context, item?.id ?? '', { verdict: 'right' })).rejects.toEqual(
      code('own_agent'),
    );
  });

  it('of another workspace does not exist', async () => {
    await actAlone(workspace, agentId);
    await draw();
    const [item] = (await listReviews(workspace.as('reviewer'), OPEN)).items;
    const other = await makeWorkspace();
    await expect(getReview(other.as('admin'), item?.id ?? '')).rejects.toEqual(code('not_found'));
    await expect(
      sayOfSample(other.as('admin'), item?.id ?? '', { verdict: 'right' }),
    ).rejects.toEqual(code('not_found'));
    expect((await listReviews(other.as('admin'), OPEN)).items).toEqual([]);
  });
});

describe('the settings', () => {
  const body = vigilanceBodySchema.parse({});

  it('are for managers, and of two editors one wins', async () => {
    const input = { settings: body, reason: 'A test', basedOn: 0 };
    await expect(setVigilance(workspace.as('analyst'), input)).rejects.toEqual(code('forbidden'));
    expect(() => getVigilance(workspace.as('reviewer'))).toThrow('change how reviewing is watched');
    const tries = await Promise.allSettled(
      (['manager', 'admin', 'manager'] as const).map((role) =>
        setVigilance(workspace.as(role), input),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const refused of tries.filter(({ status }) => status === 'rejected'))
      expect(refused).toMatchObject({ reason: { code: 'stale_version' } });
    expect(await getVigilance(workspace.as('manager'))).toMatchObject({ version: 1 });
    expect(await ledgerKinds(workspace.id)).toContain('vigilance.changed');
    await expect(setVigilance(workspace.as('manager'), { ...input, basedOn: 7 })).rejects.toEqual(
      code('stale_version'),
    );
  });
});
