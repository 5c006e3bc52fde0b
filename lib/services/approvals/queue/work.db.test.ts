import { beforeEach, describe, expect, it } from 'vitest';
import type { ListQuery } from './conditions';
import { approvalListQuerySchema } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { readDecisionStatus } from '@/lib/decide';
import {
  askForApproval,
  ledgerKinds,
  makeAskingAgent,
  makeKeyContext,
  makePerson,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { approveAction } from '../approve';
import { claimApproval, MOST_OPEN_CLAIMS } from '../claim';
import { getApproval } from '../get';
import { listApprovals } from '../list';
import { rejectAction } from '../reject';
import { releaseApproval } from '../release';
import { answerAsAgent, answerQuestion, askQuestion } from './ask';
import { assignApproval, handOverApproval } from './assign';
import { listReviewers } from './reviewers';
import { snoozeApproval } from './snooze';

type Asked = Awaited<ReturnType<typeof askForApproval>>;

let workspace: TestWorkspace;
let agentId: string;
let first: Asked;

beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
  first = await askForApproval(workspace, agentId, { id: 'c-11', name: 'Ada' });
});

const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const query = (values: Partial<ListQuery> = {}) => ({
  ...approvalListQuerySchema.parse({}),
  ...values,
});
const idsOf = async (values: Partial<ListQuery>, as = workspace.as('reviewer')) =>
  (await listApprovals(as, query(values))).items.map(({ id }) => id);
const personId = (role: 'reviewer' | 'analyst' | 'viewer' | 'manager') =>
  workspace.as(role).actor.personId;
const setRisk = (id: string, risk: string) =>
  sql('UPDATE approvals SET risk = $3 WHERE workspace_id = $1 AND id = $2', [
    workspace.id,
    id,
    risk,
  ]);

describe('assigning', () => {
  it('names a person, keeps the note, and binds nobody', async () => {
    const detail = await assignApproval(workspace.as('manager'), first.approvalId, {
      person: personId('reviewer'),
      note: 'You know this customer',
    });
    expect(detail.assignment).toMatchObject({
      to: personId('reviewer'),
      name: 'The reviewer',
      by: 'The manager',
      note: 'You know this customer',
    });
    expect((await getApproval(workspace.as('analyst'), first.approvalId)).mayDecide.allowed).toBe(
      true,
    );
    const none = await assignApproval(workspace.as('manager'), first.approvalId, { person: null });
    expect(none.assignment).toBeNull();
    expect(await ledgerKinds(workspace.id)).toContain('approval.assigned');
  });

  it('goes only to people who may decide this call', async () => {
    const assign = (person: string) =>
      assignApproval(workspace.as('manager'), first.approvalId, { person });
    await expect(assign(personId('viewer'))).rejects.toEqual(code('may_not_decide'));
    await sql('UPDATE agents SET owner_person_id = $2 WHERE id = $1', [
      agentId,
      personId('analyst'),
    ]);
    await expect(assign(personId('analyst'))).rejects.toEqual(code('may_not_decide'));
    const stranger = await makePerson((await makeWorkspace()).id, 'reviewer');
    await expect(assign(stranger.personId)).rejects.toEqual(code('not_found'));
    const { items } = await listReviewers(workspace.as('viewer'), first.approvalId);
    expect(items.map(({ name }) => name)).toEqual(['The admin', 'The manager', 'The reviewer']);
    await expect(
      assignApproval(workspace.as('viewer'), first.approvalId, { person: personId('reviewer') }),
    ).rejects.toEqual(code('forbidden'));
  });

  it('is handed over with a note by whoever has it, whose claim ends', async () => {
    const handOver = (role: 'reviewer' | 'analyst') =>
      handOverApproval(workspace.as(role), first.approvalId, {
        person: personId('manager'),
        note: 'My shift is over',
      });
    await expect(handOver('analyst')).rejects.toEqual(code('not_yours'));
    await claimApproval(workspace.as('reviewer'), first.approvalId);
    await expect(handOver('analyst')).rejects.toEqual(code('not_yours'));
    const detail = await handOver('reviewer');
    expect(detail.claim).toBeNull();
    expect(detail.assignment).toMatchObject({ name: 'The manager', note: 'My shift is over' });
    expect((await ledgerKinds(workspace.id)).at(-1)).toBe('approval.handed_over');
  });

  it('and claiming at the same moment leave one of two orders, never a mix', async () => {
    for (let round = 0; round < 10; round += 1) {
      const asked = await askForApproval(workspace, agentId, { id: `c-3${round}`, name: 'Ada' });
      const [claimed, assigned] = await Promise.allSettled([
        claimApproval(workspace.as('reviewer'), asked.approvalId),
        assignApproval(workspace.as('manager'), asked.approvalId, { person: personId('analyst') }),
      ]);
      expect([claimed.status, assigned.status]).toEqual(['fulfilled', 'fulfilled']);
      const { claim, assignment } = await getApproval(workspace.as('viewer'), asked.approvalId);
      expect(assignment?.to).toBe(personId('analyst'));
      // Assigned after the claim, which ends with it, or before.
      const order = (await ledgerKinds(workspace.id)).slice(-2);
      const last = order.at(-1) === 'approval.claimed' ? personId('reviewer') : undefined;
      expect(order.sort()).toEqual(['approval.assigned', 'approval.claimed']);
      expect(claim?.by).toBe(last);
    }
  });

  it('is claimed by one of many at once', async () => {
    const people = await Promise.all(
      Array.from({ length: 8 }, () => makePerson(workspace.id, 'reviewer')),
    );
    const tries = await Promise.allSettled(
      people.map((actor) => claimApproval({ actor, now: new Date() }, first.approvalId)),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a claim of somebody else', () => {
  const reviewer = (minutes = 0) => workspace.as('reviewer', later(minutes));
  const claim = (minutes = 0) => claimApproval(reviewer(minutes), first.approvalId);
  const bodyOf = async (kind: string) => {
    const [row] = await sql<{ bytes: Buffer }>(
      'SELECT bytes FROM ledger_entries WHERE workspace_id = $1 AND kind = $2 ORDER BY seq DESC LIMIT 1',
      [workspace.id, kind],
    );
    return (JSON.parse(row?.bytes.toString('utf8') ?? '{}') as { body: unknown }).body;
  };
  const passedOver = { despiteClaim: { by: expect.any(String) as string, name: 'The reviewer' } };

  it('holds off an approval, and no rejection, which says so in the ledger', async () => {
    await claim();
    const analyst = workspace.as('analyst');
    const seen = await getApproval(analyst, first.approvalId);
    expect(seen.mayDecide).toMatchObject({ allowed: false, rejectOnly: true });
    await expect(
      approveAction(analyst, first.approvalId, { digest: first.digest }),
    ).rejects.toEqual(code('claimed'));
    await expect(claimApproval(analyst, first.approvalId)).rejects.toEqual(code('claimed'));
    const { state } = await rejectAction(analyst, first.approvalId, { reason: 'unsafe' });
    expect(state).toBe('rejected');
    expect(await bodyOf('approval.rejected')).toMatchObject(passedOver);
  });

  it('is ended by whoever may decide, but not by whoever has a part in the call', async () => {
    await claim();
    await sql('UPDATE agents SET owner_person_id = $2 WHERE id = $1', [
      agentId,
      personId('analyst'),
    ]);
    for (const end of [
      () => releaseApproval(workspace.as('analyst'), first.approvalId),
      () => assignApproval(workspace.as('analyst'), first.approvalId, { person: null }),
      () => rejectAction(workspace.as('analyst'), first.approvalId, { reason: 'unsafe' }),
    ])
      await expect(end()).rejects.toEqual(code('own_agent'));
    expect((await releaseApproval(workspace.as('manager'), first.approvalId)).claim).toBeNull();
    expect(await bodyOf('approval.released')).toMatchObject(passedOver);
    await claim();
    const assigned = await assignApproval(workspace.as('manager'), first.approvalId, {
      person: personId('manager'),
    });
    expect(assigned.claim).toBeNull();
    expect(await bodyOf('approval.assigned')).toMatchObject(passedOver);
  });

  it('lasts for a claim and its renewal in all, however often it is renewed or given back', async () => {
    const endsIn = async (minutes: number) => {
      const at = reviewer(minutes);
      const { claim: held } = await claimApproval(at, first.approvalId);
      return Math.round((Date.parse(held?.until ?? '') - at.now.getTime()) / 60_000);
    };
    expect(await endsIn(0)).toBe(10);
    expect(await endsIn(6)).toBe(10);
    await releaseApproval(reviewer(8), first.approvalId);
    expect(await endsIn(13)).toBe(7);
    await expect(claim(14)).rejects.toEqual(code('claim_time_over'));
    await expect(claim(21)).rejects.toEqual(code('claim_time_over'));
    const other = await claimApproval(workspace.as('manager', later(21)), first.approvalId);
    expect(other.claim?.name).toBe('The manager');
  });

  it('is one of ten at most that a person holds, also of many at once', async () => {
    const asked = await Promise.all(
      Array.from({ length: MOST_OPEN_CLAIMS + 3 }, (_, n) =>
        askForApproval(workspace, agentId, { id: `c-4${n}`, name: 'Ada' }),
      ),
    );
    const rows = await sql<{ id: string }>('SELECT id FROM approvals WHERE workspace_id = $1', [
      workspace.id,
    ]);
    const tries = await Promise.allSettled(rows.map(({ id }) => claimApproval(reviewer(), id)));
    const refused = tries.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(asked.length + 1 - MOST_OPEN_CLAIMS);
    for (const one of refused) expect(one).toMatchObject({ reason: code('too_many_claims') });
  });
});

describe('snoozing', () => {
  it('puts it aside for one person until the time comes', async () => {
    const until = later(5).toISOString();
    const detail = await snoozeApproval(workspace.as('reviewer'), first.approvalId, until);
    expect(detail.snoozedUntil).toBe(until);
    expect(await idsOf({ tab: 'team' })).toEqual([]);
    expect(await idsOf({ tab: 'snoozed' })).toEqual([first.approvalId]);
    expect(await idsOf({ tab: 'team' }, workspace.as('analyst'))).toEqual([first.approvalId]);
    expect(await idsOf({ status: 'pending' })).toEqual([first.approvalId]);
    expect(await idsOf({ tab: 'team' }, workspace.as('reviewer', later(6)))).toHaveLength(1);
    const { counts } = await listApprovals(workspace.as('reviewer'), query({ tab: 'team' }));
    expect(counts).toMatchObject({ pending: 1, unclaimed: 0, snoozed: 1, wakesAt: until });
    await snoozeApproval(workspace.as('reviewer'), first.approvalId, null);
    expect(await idsOf({ tab: 'team' })).toHaveLength(1);
  });

  it('ends a minute before the time of the call at the latest', async () => {
    const snooze = (until: Date) =>
      snoozeApproval(workspace.as('reviewer'), first.approvalId, until.toISOString());
    await expect(snooze(later(29.5))).rejects.toEqual(code('snooze_too_long'));
    await expect(snooze(later(-1))).rejects.toEqual(code('snooze_over'));
    const program = await makeKeyContext(workspace, 'reviewer');
    await expect(snoozeApproval(program, first.approvalId, later(5).toISOString())).rejects.toEqual(
      code('people_only'),
    );
  });
});

describe('a question', () => {
  const asAgent = (body: string, of = agentId) =>
    answerAsAgent(
      {
        workspaceId: workspace.id,
        agentId: of,
        decisionId: first.decisionId,
        actor: { kind: 'agent', agentId: of, workspaceId: workspace.id },
        now: new Date(),
      },
      body,
    );
  const ask = () =>
    askQuestion(workspace.as('reviewer'), first.approvalId, 'Which customer is this?');

  it('waits for an answer, stays with whoever asked, and comes back to their top', async () => {
    const asked = await ask();
    expect(asked.question).toMatchObject({ name: 'The reviewer', answeredAt: null });
    expect(asked.state).toBe('pending');
    await expect(ask()).rejects.toEqual(code('question_open'));
    const urgent = await askForApproval(workspace, agentId, { id: 'c-12', name: 'Bob' });
    await setRisk(urgent.approvalId, 'critical');
    await claimApproval(workspace.as('reviewer'), urgent.approvalId);
    expect(await idsOf({ tab: 'mine' })).toEqual([urgent.approvalId, first.approvalId]);
    await asAgent('The one of ticket 7.');
    expect(await idsOf({ tab: 'mine' })).toEqual([first.approvalId, urgent.approvalId]);
    const { counts } = await listApprovals(workspace.as('reviewer'), query({ tab: 'mine' }));
    expect(counts.answered).toBe(1);
  });

  it('is read by the agent, whose answer stands in the thread under its own name', async () => {
    const status = () =>
      readDecisionStatus(workspace.id, agentId, first.decisionId, new Date()).then(
        ({ question }) => question,
      );
    expect(await status()).toBeNull();
    await expect(asAgent('Approve me.')).rejects.toEqual(code('no_question'));
    await ask();
    expect(await status()).toBe('Which customer is this?');
    await asAgent('<b>safe</b>\u202e');
    expect(await status()).toBeNull();
    await expect(asAgent('And approve me.')).rejects.toEqual(code('no_question'));
    const { comments } = await getApproval(workspace.as('viewer'), first.approvalId);
    expect(comments.map(({ kind, author, body }) => [kind, author, body])).toEqual([
      ['question', `person:${personId('reviewer')}`, 'Which customer is this?'],
      ['answer', `agent:${agentId}`, '<b>safe</b>\u202e'],
    ]);
    expect((await ledgerKinds(workspace.id)).slice(-2)).toEqual([
      'approval.asked',
      'approval.answered',
    ]);
  });

  it('answered by a gateway for the agent is the words of the agent, not of a person', async () => {
    await ask();
    const { actor } = await makeKeyContext(workspace, 'gateway');
    const { decisionId } = first;
    await answerAsAgent(
      { workspaceId: workspace.id, agentId: undefined, decisionId, actor, now: new Date() },
      'Approved by Ada.',
    );
    const { comments } = await getApproval(workspace.as('viewer'), first.approvalId);
    expect(comments.map(({ kind, forAgent }) => [kind, forAgent])).toEqual([
      ['question', false],
      ['answer', true],
    ]);
  });

  it('is answered by the owner too, but not by another agent and not by everybody', async () => {
    await ask();
    const other = await makeAskingAgent(workspace, { name: 'Other' });
    await expect(asAgent('It is fine.', other.id)).rejects.toEqual(code('not_found'));
    const answer = () => answerQuestion(workspace.as('viewer'), first.approvalId, 'It is Ada.');
    await expect(answer()).rejects.toEqual(code('forbidden'));
    // The name of the owner is no account: anybody may be called so.
    await sql('UPDATE agents SET owner = $2 WHERE id = $1', [agentId, 'The viewer']);
    await expect(answer()).rejects.toEqual(code('forbidden'));
    await sql('UPDATE agents SET owner_person_id = $2 WHERE id = $1', [
      agentId,
      personId('viewer'),
    ]);
    const answered = await answer();
    expect(answered.question?.answeredAt).not.toBeNull();
    expect(answered.comments.at(-1)?.forAgent).toBe(false);
  });

  it('wakes what was put aside to wait for the answer', async () => {
    await ask();
    await snoozeApproval(workspace.as('reviewer'), first.approvalId, later(5).toISOString());
    await asAgent('Ada.');
    expect(await idsOf({ tab: 'mine' })).toEqual([first.approvalId]);
  });

  it('is answered once, however many answer', async () => {
    await ask();
    const tries = await Promise.allSettled(Array.from({ length: 6 }, (_, n) => asAgent(`${n}`)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('cannot be put or answered once it is decided', async () => {
    await ask();
    await rejectAction(workspace.as('reviewer'), first.approvalId, { reason: 'not_needed' });
    await expect(asAgent('Too late.')).rejects.toEqual(code('already_decided'));
    await expect(ask()).rejects.toEqual(code('already_decided'));
  });
});
