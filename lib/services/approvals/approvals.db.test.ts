import { beforeEach, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { committer } from '@/lib/decide';
import { getAgent } from '@/lib/services/agents/get';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
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
import { addComment } from './comment';
import { getApproval } from './get';
import { listApprovals } from './list';
import { rejectAction } from './reject';
import { releaseApproval } from './release';

let workspace: TestWorkspace;
let agentId: string;
let asked: { approvalId: string; decisionId: string; digest: string };

beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
  asked = await askForApproval(workspace, agentId);
});

const approve = (role: 'reviewer' | 'analyst' | 'manager' = 'reviewer') =>
  approveAction(workspace.as(role), asked.approvalId, { digest: asked.digest });
const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const code = (expected: string): unknown => expect.objectContaining({ code: expected });

describe('the queue', () => {
  it('shows what waits with its arguments, the agent and the time left', async () => {
    const page = await listApprovals(workspace.as('viewer'), { status: 'pending', limit: 50 });
    expect(page.counts.pending).toBe(1);
    expect(page.items[0]).toMatchObject({
      id: asked.approvalId,
      state: 'pending',
      digest: asked.digest,
      action: { name: 'crm.update', properties: { arguments: { id: 'c-1', name: 'Ada' } } },
      agent: { id: agentId, name: 'CRM agent' },
      claim: null,
      verdict: null,
    });
  });

  it('pages by keyset, oldest first, without losing or repeating one', async () => {
    for (let n = 0; n < 4; n += 1) await askForApproval(workspace, agentId, { n });
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listApprovals(workspace.as('viewer'), {
        status: 'pending',
        limit: 2,
        cursor,
      });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
    expect(ids).toEqual([...ids].sort());
  });

  it('leaves out what has expired, before anything has swept it', async () => {
    const later = workspace.as('viewer', minutesFromNow(60));
    expect((await listApprovals(later, { status: 'pending', limit: 50 })).items).toEqual([]);
    expect((await listApprovals(later, { status: 'closed', limit: 50 })).items[0]?.state).toBe(
      'expired',
    );
  });

  it('refuses a cursor that is none', async () => {
    await expect(
      listApprovals(workspace.as('viewer'), { status: 'all', limit: 5, cursor: 'nonsense' }),
    ).rejects.toEqual(code('malformed_cursor'));
  });
});

describe('approving', () => {
  it('closes the approval, issues one permit and says what it did to trust', async () => {
    const detail = await approve();
    expect(detail).toMatchObject({
      state: 'approved',
      verdict: { outcome: 'approved', name: 'The reviewer' },
    });
    expect(detail.effect?.after.score).toBeGreaterThan(detail.effect?.before.score ?? 1);
    expect(detail.effect?.texts[0]).toMatch(/approved/);
    const permits = await sql('SELECT digest, approved_by FROM permits WHERE decision_id = $1', [
      asked.decisionId,
    ]);
    expect(permits).toEqual([
      {
        digest: asked.digest,
        approved_by: `person:${workspace.as('reviewer').actor.personId}`,
      },
    ]);
  });

  it('moves the decision, writes the signal and the ledger in the same transaction', async () => {
    await approve();
    const [decision] = await sql('SELECT state FROM decisions WHERE id = $1', [asked.decisionId]);
    expect(decision).toEqual({ state: 'approved' });
    const signals = await sql(
      'SELECT kind, source_class FROM signals WHERE decision_id = $1 AND source_class = $2',
      [asked.decisionId, 'reviewer'],
    );
    expect(signals).toEqual([{ kind: 'outcome.approved', source_class: 'reviewer' }]);
    expect(await ledgerKinds(workspace.id)).toContain('approval.approved');
  });

  it('leaves nothing behind when the ledger cannot be written', async () => {
    await sql('DELETE FROM ledger_heads WHERE workspace_id = $1', [workspace.id]);
    await expect(approve()).rejects.toThrow(/no ledger/);
    const [row] = await sql('SELECT state FROM approvals WHERE id = $1', [asked.approvalId]);
    expect(row).toEqual({ state: 'pending' });
    expect(await sql('SELECT 1 FROM permits WHERE decision_id = $1', [asked.decisionId])).toEqual(
      [],
    );
  });

  it('counts exactly one of many verdicts at once, and tells the others who was first', async () => {
    const reviewers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => makePerson(workspace.id, 'reviewer', `Reviewer ${n}`)),
    );
    const results = await Promise.allSettled(
      reviewers.map((actor, n) =>
        n % 2 === 0
          ? approveAction({ actor, now: new Date() }, asked.approvalId, { digest: asked.digest })
          : rejectAction({ actor, now: new Date() }, asked.approvalId, { reason: 'other' }),
      ),
    );
    const won = results.filter(({ status }) => status === 'fulfilled');
    expect(won).toHaveLength(1);
    const winner = await getApproval(workspace.as('viewer'), asked.approvalId);
    for (const result of results)
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({
          code: 'already_decided',
          details: { facts: { name: winner.verdict?.name, outcome: winner.state } },
        });
    const verdicts = (await ledgerKinds(workspace.id)).filter((kind) =>
      ['approval.approved', 'approval.rejected'].includes(kind),
    );
    expect(verdicts).toHaveLength(1);
  });

  it('refuses another digest, also one that differs in one digit', async () => {
    const changed = asked.digest.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    await expect(
      approveAction(workspace.as('reviewer'), asked.approvalId, { digest: changed }),
    ).rejects.toEqual(code('stale_digest'));
  });

  it('takes the name of the target for critical risk, exactly, and for no other', async () => {
    await sql(`UPDATE tools SET risk = 'critical' WHERE workspace_id = $1`, [workspace.id]);
    await sql(`UPDATE approvals SET risk = 'critical' WHERE id = $1`, [asked.approvalId]);
    const { approvalId, digest } = asked;
    for (const target of [undefined, '', 'C-1', 'c-1 ', 'c-2'])
      await expect(
        approveAction(workspace.as('reviewer'), approvalId, { digest, target }),
      ).rejects.toEqual(code('target_not_confirmed'));
    const detail = await approveAction(workspace.as('reviewer'), approvalId, {
      digest,
      target: 'c-1',
    });
    expect(detail.state).toBe('approved');
  });

  it('refuses an expired approval, and that is nobody`s verdict', async () => {
    const late = workspace.as('reviewer', minutesFromNow(60));
    await expect(approveAction(late, asked.approvalId, { digest: asked.digest })).rejects.toEqual(
      code('expired'),
    );
    await expect(rejectAction(late, asked.approvalId, { reason: 'other' })).rejects.toEqual(
      code('expired'),
    );
  });

  it('refuses while a kill switch covers the action', async () => {
    await sql(
      `INSERT INTO kill_switches (workspace_id, id, scope_type, scope_value, mode, reason, set_by, set_by_name, set_at)
       VALUES ($1, gen_random_uuid(), 'tool', 'crm.update', 'read_only', 'Strange writes', 'x', 'Ada', now())`,
      [workspace.id],
    );
    await sql('UPDATE workspace_epochs SET kill_epoch = kill_epoch + 1 WHERE workspace_id = $1', [
      workspace.id,
    ]);
    await expect(approve()).rejects.toMatchObject({ code: 'stopped', message: /Strange writes/ });
  });

  it('finds nothing to approve once a kill switch has cancelled it', async () => {
    await setKillSwitch(workspace.as('analyst'), {
      scope: { type: 'agent', value: agentId },
      mode: 'halt',
      reason: 'Runaway',
    });
    await expect(approve()).rejects.toMatchObject({ code: 'cancelled', message: /Runaway/ });
  });
});

describe('who may decide', () => {
  it('refuses a viewer, naming the roles that may', async () => {
    await expect(
      approveAction(workspace.as('viewer'), asked.approvalId, { digest: asked.digest }),
    ).rejects.toMatchObject({ code: 'forbidden', message: /reviewer, analyst, manager, admin/ });
    const detail = await getApproval(workspace.as('viewer'), asked.approvalId);
    expect(detail.mayDecide).toMatchObject({ allowed: false, why: /viewer/ });
  });

  it('does not know the approval in another workspace', async () => {
    const other = await makeWorkspace();
    const { approvalId, digest } = asked;
    const foreign = other.as('admin');
    await expect(getApproval(foreign, approvalId)).rejects.toEqual(code('not_found'));
    await expect(approveAction(foreign, approvalId, { digest })).rejects.toEqual(code('not_found'));
    await expect(rejectAction(foreign, approvalId, { reason: 'other' })).rejects.toEqual(
      code('not_found'),
    );
    await expect(claimApproval(foreign, approvalId)).rejects.toEqual(code('not_found'));
    await expect(addComment(foreign, approvalId, 'hello')).rejects.toEqual(code('not_found'));
    expect((await listApprovals(foreign, { status: 'all', limit: 5 })).items).toEqual([]);
  });

  it('keeps the owner of the agent out, whatever the role', async () => {
    const admin = workspace.as('admin');
    const own = await makeAskingAgent(workspace, { owner: admin.actor.email.toUpperCase() });
    const request = await askForApproval(workspace, own.id);
    await expect(
      approveAction(admin, request.approvalId, { digest: request.digest }),
    ).rejects.toEqual(code('own_agent'));
    await expect(rejectAction(admin, request.approvalId, { reason: 'other' })).rejects.toEqual(
      code('own_agent'),
    );
    expect((await getApproval(admin, request.approvalId)).mayDecide.allowed).toBe(false);
    await approveAction(workspace.as('reviewer'), request.approvalId, { digest: request.digest });
  });

  it('keeps the owner out also through a key of theirs', async () => {
    const admin = workspace.as('admin');
    const own = await makeAskingAgent(workspace, { owner: admin.actor.email });
    const request = await askForApproval(workspace, own.id);
    const first = await makeKeyBy(admin, 'admin');
    const second = await makeKeyBy(first, 'reviewer');
    for (const key of [first, second]) {
      await expect(
        approveAction(key, request.approvalId, { digest: request.digest }),
      ).rejects.toEqual(code('own_agent'));
      expect((await getApproval(key, request.approvalId)).mayDecide.allowed).toBe(false);
    }
    const other = await makeKeyBy(await makeKeyContext(workspace, 'admin'), 'reviewer');
    await approveAction(other, request.approvalId, { digest: request.digest });
  });

  it('knows the owner by name too, in person and through a key of theirs', async () => {
    const admin = workspace.as('admin');
    const own = await makeAskingAgent(workspace, { owner: ` ${admin.actor.name.toUpperCase()} ` });
    const request = await askForApproval(workspace, own.id);
    for (const context of [admin, await makeKeyBy(admin, 'admin')])
      await expect(
        approveAction(context, request.approvalId, { digest: request.digest }),
      ).rejects.toEqual(code('own_agent'));
  });

  it('lets an API key of a deciding role decide, and shows its name', async () => {
    const key = await makeKeyContext(workspace, 'reviewer');
    const detail = await approveAction(key, asked.approvalId, { digest: asked.digest });
    expect(detail.verdict).toMatchObject({ by: `key:${key.actor.keyId}`, name: 'reviewer key' });
  });
});

describe('rejecting', () => {
  it('turns the typed reason into evidence and lowers the outcome layer', async () => {
    const before = (await getAgent(workspace.as('viewer'), agentId)).trust;
    const detail = await rejectAction(workspace.as('reviewer'), asked.approvalId, {
      reason: 'unsafe',
      comment: 'This deletes the wrong one.',
    });
    expect(detail.verdict).toMatchObject({
      outcome: 'rejected',
      reason: 'unsafe',
      comment: 'This deletes the wrong one.',
    });
    const after = (await getAgent(workspace.as('viewer'), agentId)).trust;
    expect(after.layers.outcome.score).toBeLessThan(before.layers.outcome.score);
    const kinds = await sql(
      `SELECT kind FROM signals WHERE decision_id = $1 AND source_class = 'reviewer' ORDER BY kind`,
      [asked.decisionId],
    );
    expect(kinds).toEqual([
      { kind: 'behavior.judged_unsafe' },
      { kind: 'outcome.rejected.unsafe' },
    ]);
    expect(await ledgerKinds(workspace.id)).toContain('approval.rejected');
  });

  it('issues no permit', async () => {
    await rejectAction(workspace.as('reviewer'), asked.approvalId, { reason: 'not_needed' });
    expect(await sql('SELECT 1 FROM permits WHERE decision_id = $1', [asked.decisionId])).toEqual(
      [],
    );
  });
});

describe('claiming', () => {
  it('keeps other reviewers from deciding for ten minutes, naming the holder', async () => {
    await claimApproval(workspace.as('analyst'), asked.approvalId);
    await expect(approve('reviewer')).rejects.toMatchObject({
      code: 'claimed',
      details: { facts: { name: 'The analyst' } },
    });
    const later = workspace.as('reviewer', minutesFromNow(11));
    await approveAction(later, asked.approvalId, { digest: asked.digest });
  });

  it('lets the holder decide', async () => {
    await claimApproval(workspace.as('analyst'), asked.approvalId);
    expect((await approve('analyst')).state).toBe('approved');
  });

  it('is given back, which those who may not decide cannot do', async () => {
    await claimApproval(workspace.as('analyst'), asked.approvalId);
    await expect(releaseApproval(workspace.as('viewer'), asked.approvalId)).rejects.toEqual(
      code('forbidden'),
    );
    const released = await releaseApproval(workspace.as('analyst'), asked.approvalId);
    expect(released.claim).toBeNull();
    expect((await approve('reviewer')).state).toBe('approved');
  });

  it('goes to one of two who claim at once', async () => {
    const results = await Promise.allSettled([
      claimApproval(workspace.as('analyst'), asked.approvalId),
      claimApproval(workspace.as('manager'), asked.approvalId),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('a verdict beside decisions', () => {
  it('does not wait for ever on decisions of the same agent, nor they on it', async () => {
    const requests = [asked];
    for (let n = 0; n < 5; n += 1) requests.push(await askForApproval(workspace, agentId, { n }));
    const decisions = Array.from({ length: 20 }, (_, n) =>
      committer().submit(workspace.id, {
        requestId: `r-${n}`,
        agentId,
        actor: `agent:${agentId}`,
        tool: 'crm.update',
        arguments: { n },
        resource: { type: 'customer', id: `c-${n}` },
        sessionId: undefined,
        endUser: undefined,
      }),
    );
    const verdicts = requests.map(({ approvalId, digest }) =>
      approveAction(workspace.as('reviewer'), approvalId, { digest }),
    );
    const done = await Promise.all([...decisions, ...verdicts]);
    expect(done).toHaveLength(26);
  });
});
