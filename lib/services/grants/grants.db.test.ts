import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_VERDICT_RULES, toolInputSchema, type GrantScope } from '@/lib/contracts';
import { newId, sql, withTransaction } from '@/lib/db';
import {
  applySignals,
  appendLedger,
  expireGrants,
  redeemPermit,
  submitAction,
  type Decided,
  type Proposal,
} from '@/lib/decide';
import { approveAction } from '@/lib/services/approvals/approve';
import { getApproval } from '@/lib/services/approvals/get';
import type { ServiceContext } from '@/lib/services/context';
import { releaseKillSwitch } from '@/lib/services/kill-switches/release';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { replayScores } from '@/lib/services/ledger/replay-scores';
import { createOverride } from '@/lib/services/overrides/create';
import { putTool } from '@/lib/services/tools/put';
import { setVerdictSettings } from '@/lib/services/verdict-settings/set';
import {
  ledgerKinds,
  makeAskingAgent,
  makeKeyContext,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { MOST_LIVE_GRANTS } from './create';
import { listGrants } from './list';
import { revokeGrant } from './revoke';

let workspace: TestWorkspace;
let agentId: string;

beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
});

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const reviewer = () => workspace.as('reviewer');
const ask = (args: Record<string, unknown>, changes: Partial<Proposal> = {}): Promise<Decided> =>
  submitAction(workspace.id, {
    requestId: newId(),
    agentId,
    actor: `agent:${agentId}`,
    tool: 'crm.update',
    arguments: args,
    resource: { type: 'customer', id: 'c-1' },
    sessionId: undefined,
    endUser: undefined,
    ...changes,
  });
const SCOPE: GrantScope = { uses: 3, minutes: 30, vary: ['/arguments/amount', '/resource/id'] };

/** The agent asks for 100, and a reviewer lets calls like it through. */
async function grant(scope: Partial<GrantScope> = {}, who: ServiceContext = reviewer()) {
  const { approval, digest } = await ask({ field: 'discount', amount: 100 });
  await approveAction(who, approval?.id ?? '', { digest, scope: { ...SCOPE, ...scope } });
  const { items } = await listGrants(reviewer(), { state: 'live', limit: 10 });
  const [live] = items;
  if (live === undefined) throw new Error('a live grant was expected');
  return live;
}
const like = (amount = 50, id = 'c-2', changes: Partial<Proposal> = {}) =>
  ask({ field: 'discount', amount }, { resource: { type: 'customer', id }, ...changes });
const live = async () => (await listGrants(reviewer(), { state: 'live', limit: 50 })).items;
const all = async () => (await listGrants(reviewer(), { state: 'all', limit: 50 })).items;
const endOf = async () => (await all())[0]?.ended?.code;
const redeem = (decided: Decided, amount = 50, id = 'c-2') =>
  redeemPermit({
    workspaceId: workspace.id,
    agentId,
    decisionId: decided.id,
    actor: `agent:${agentId}`,
    tool: 'crm.update',
    arguments: { field: 'discount', amount },
    resource: { type: 'customer', id },
    now: Date.now(),
  });

describe('an approval for a scope', () => {
  it('is one of twenty that live at most for an agent, also of many at once', async () => {
    const asked = [];
    for (let n = 0; n < MOST_LIVE_GRANTS + 2; n += 1)
      asked.push(await ask({ field: `f-${n}`, amount: 100 }));
    const tries = await Promise.allSettled(
      asked.map(({ approval, digest }) =>
        approveAction(reviewer(), approval?.id ?? '', { digest, scope: SCOPE }),
      ),
    );
    const refused = tries.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(2);
    for (const one of refused) expect(one).toMatchObject({ reason: code('too_many_grants') });
    expect(await live()).toHaveLength(MOST_LIVE_GRANTS);
    const [first] = await live();
    await revokeGrant(reviewer(), first?.id ?? '');
    const { approval, digest } = await ask({ field: 'f-x', amount: 100 });
    await approveAction(reviewer(), approval?.id ?? '', { digest, scope: SCOPE });
    expect(await live()).toHaveLength(MOST_LIVE_GRANTS);
  });

  it('lets calls like the approved one run, names itself, and counts', async () => {
    const given = await grant();
    expect(given).toMatchObject({ state: 'live', uses: 0, mostUses: 3, tool: 'crm.update' });
    const decided = await like();
    expect(decided.outcome).toBe('allow');
    expect(decided.reasons[0]).toMatchObject({
      code: 'grant.used',
      source: { type: 'grant', id: given.id },
    });
    expect(decided.reasons[0]?.text).toMatch(/The reviewer approved .* use 1 of 3/);
    expect((await live())[0]?.uses).toBe(1);
    await redeem(decided);
    const kinds = await ledgerKinds(workspace.id);
    expect(kinds).toContain('grant.given');
    expect(kinds).toContain('grant.used');
    expect(await replayScores(workspace.id)).toMatchObject({ firstDifference: null });
  });

  it('ends with its last use, and the next call waits for a person', async () => {
    await grant({ uses: 2 });
    expect((await like(1)).outcome).toBe('allow');
    expect((await like(2)).outcome).toBe('allow');
    expect((await like(3)).outcome).toBe('require_approval');
    expect((await all())[0]).toMatchObject({ state: 'used_up', uses: 2 });
    expect((await ledgerKinds(workspace.id)).filter((kind) => kind === 'grant.ended')).toHaveLength(
      1,
    );
  });

  it('is never used more often than it says, however many ask at once', async () => {
    await grant({ uses: 5 });
    const decided = await Promise.all(Array.from({ length: 40 }, (_, n) => like(n, `c-${n}`)));
    expect(decided.filter(({ outcome }) => outcome === 'allow')).toHaveLength(5);
    const uses = (await ledgerKinds(workspace.id)).filter((kind) => kind === 'grant.used');
    expect(uses).toHaveLength(5);
  });

  it('ends with its time, and what is closed then says so', async () => {
    const given = await grant({ minutes: 1 });
    await sql('UPDATE approval_grants SET until = $2 WHERE id = $1', [
      given.id,
      new Date(Date.now() - 1),
    ]);
    expect((await like()).outcome).toBe('require_approval');
    await expireGrants(Date.now());
    await expireGrants(Date.now());
    expect((await all())[0]).toMatchObject({ state: 'expired' });
    expect((await ledgerKinds(workspace.id)).filter((kind) => kind === 'grant.ended')).toHaveLength(
      1,
    );
  });

  it.each([
    ['a larger amount', { field: 'discount', amount: 101 }, {}],
    ['another fixed value', { field: 'price', amount: 50 }, {}],
    ['one more argument', { field: 'discount', amount: 50, force: true }, {}],
    [
      'another kind of thing',
      { field: 'discount', amount: 50 },
      { resource: { type: 'order', id: 'c-1' } },
    ],
    [
      'a call that somebody passed on',
      { field: 'discount', amount: 50 },
      { delegators: ['planner'] },
    ],
    ['a call that a key sent', { field: 'discount', amount: 50 }, { actor: `key:${newId()}` }],
  ])('does not cover %s', async (_name, args, changes) => {
    await grant();
    expect((await ask(args, changes)).outcome).toBe('require_approval');
    expect((await live())[0]?.uses).toBe(0);
  });

  it('does not cover another agent, or the request of whoever gave it', async () => {
    await grant();
    const mine = await like(1, 'c-2', { endUser: reviewer().actor.email });
    expect(mine.outcome).toBe('require_approval');
    agentId = (await makeAskingAgent(workspace)).id;
    expect((await like()).outcome).toBe('require_approval');
  });
});

describe('what narrows goes on narrowing, and ends the grant', () => {
  it('a kill switch, also after it was released', async () => {
    await grant();
    const { id } = await setKillSwitch(workspace.as('manager'), {
      scope: { type: 'tool', value: 'crm.update' },
      mode: 'halt',
      reason: 'Stop',
    });
    expect((await like()).outcome).toBe('deny');
    expect(await endOf()).toBe('stopped');
    await releaseKillSwitch(workspace.as('manager'), id, 'Over');
    expect((await like()).outcome).toBe('require_approval');
  });

  it('a fall of the rung', async () => {
    await grant();
    await createOverride(workspace.as('manager'), agentId, {
      rung: 2,
      until: new Date(Date.now() + 3_600_000).toISOString(),
      reason: 'Down',
    });
    expect((await like()).outcome).toBe('suggest');
    expect(await endOf()).toBe('rung_fell');
  });

  it('another description of the tool', async () => {
    await grant();
    await putTool(
      workspace.as('manager'),
      toolInputSchema.parse({
        name: 'crm.update',
        sideEffect: 'write',
        reversible: false,
        egress: false,
        dataClass: 'internal',
        risk: 'medium',
      }),
    );
    expect((await like()).outcome).toBe('require_approval');
    expect(await endOf()).toBe('tool_changed');
  });

  it('an incident', async () => {
    await grant();
    await withTransaction(async (run) => {
      const now = Date.now();
      const { notes, announcements } = await applySignals(run, {
        workspaceId: workspace.id,
        agentId,
        now,
        actor: 'belay',
        signals: [{ kind: 'behavior.injection_confirmed', source: 'belay', sourceClass: 'belay' }],
      });
      await appendLedger(run, workspace.id, notes, announcements, now);
    });
    expect(await endOf()).toBe('held_back');
    expect(await live()).toEqual([]);
  });

  it('another policy', async () => {
    await grant();
    await sql(
      `INSERT INTO policies (workspace_id, version, text, reason, created_by, created_by_name, created_at)
       SELECT workspace_id, 2, text, reason, created_by, created_by_name, created_at FROM policies
       WHERE workspace_id = $1 AND version = 1`,
      [workspace.id],
    );
    await sql('UPDATE workspace_epochs SET policy_version = 2 WHERE workspace_id = $1', [
      workspace.id,
    ]);
    expect(await live()).toEqual([]);
    expect((await like()).outcome).toBe('require_approval');
    expect(await endOf()).toBe('policy_changed');
  });

  it('whoever gave it losing the role', async () => {
    await grant();
    await sql(`UPDATE memberships SET role = 'viewer' WHERE workspace_id = $1 AND person_id = $2`, [
      workspace.id,
      reviewer().actor.personId,
    ]);
    expect((await like()).outcome).toBe('require_approval');
    expect(await endOf()).toBe('giver_lost_role');
  });
});

describe('taking a grant back', () => {
  it('is for everybody who may decide, holds at once, and kills what was not redeemed', async () => {
    const given = await grant();
    const [open, used] = [await like(1), await like(2)];
    await redeem(used, 2);
    await expect(revokeGrant(workspace.as('viewer'), given.id)).rejects.toEqual(code('forbidden'));
    expect(await revokeGrant(workspace.as('analyst'), given.id)).toMatchObject({
      state: 'ended',
      ended: { code: 'revoked', text: 'The analyst took it back.' },
    });
    await expect(redeem(open, 1)).rejects.toEqual(code('permit_cancelled'));
    expect((await like()).outcome).toBe('require_approval');
    await expect(revokeGrant(workspace.as('analyst'), given.id)).rejects.toEqual(
      code('already_ended'),
    );
    expect((await ledgerKinds(workspace.id)).filter((kind) => kind === 'grant.ended')).toHaveLength(
      1,
    );
  });

  it('lets nothing through that asks at the same time and is answered after it', async () => {
    const given = await grant({ uses: 50 });
    let acknowledged = false;
    const revoking = revokeGrant(reviewer(), given.id).then(() => (acknowledged = true));
    const late: string[] = [];
    while (late.length < 10) {
      const after = acknowledged;
      const { outcome } = await like(1);
      if (after) late.push(outcome);
    }
    await revoking;
    expect(new Set(late)).toEqual(new Set(['require_approval']));
  });

  it('shows nothing of another workspace', async () => {
    const given = await grant();
    const other = await makeWorkspace();
    await expect(revokeGrant(other.as('admin'), given.id)).rejects.toEqual(code('not_found'));
    expect((await listGrants(other.as('admin'), { state: 'all', limit: 5 })).items).toEqual([]);
  });
});

describe('what no grant is given for', () => {
  const tryGrant = async (scope: Partial<GrantScope> = {}) => {
    const { approval, digest } = await ask({ field: 'discount', amount: 100, on: true });
    return approveAction(reviewer(), approval?.id ?? '', { digest, scope: { ...SCOPE, ...scope } });
  };

  it('high risk, and the approval stays as it was', async () => {
    await putTool(
      workspace.as('manager'),
      toolInputSchema.parse({
        name: 'pay.out',
        sideEffect: 'write',
        reversible: true,
        egress: false,
        dataClass: 'internal',
        risk: 'high',
      }),
    );
    await createOverride(workspace.as('manager'), agentId, {
      rung: 4,
      until: new Date(Date.now() + 3_600_000).toISOString(),
      reason: 'Up',
    });
    const { approval, digest } = await ask({ amount: 1 }, { tool: 'pay.out' });
    const id = approval?.id ?? '';
    await expect(approveAction(reviewer(), id, { digest, scope: SCOPE })).rejects.toEqual(
      code('grant_not_for_this'),
    );
    const detail = await getApproval(reviewer(), id);
    expect(detail.state).toBe('pending');
    expect(detail.mayGrant).toMatchObject({ allowed: false });
    expect(detail.mayGrant.why).toMatch(/high risk/);
  });

  it('more than the limits of the workspace, or while they are switched off', async () => {
    await expect(tryGrant({ uses: 51 })).rejects.toEqual(code('grant_over_limit'));
    await expect(tryGrant({ minutes: 121 })).rejects.toEqual(code('grant_over_limit'));
    const off = { ...DEFAULT_VERDICT_RULES, grantMostUses: 0, reason: 'No grants', basedOn: 0 };
    await setVerdictSettings(workspace.as('admin'), off);
    await expect(tryGrant()).rejects.toEqual(code('grants_off'));
  });

  it('values that cannot vary: a switch, the kind of thing, what is not there', async () => {
    for (const path of ['/arguments/on', '/resource/type', '/arguments/nothing'])
      await expect(tryGrant({ vary: [path] })).rejects.toEqual(code('grant_too_wide'));
  });

  it('texts of a tool that reaches outside', async () => {
    await putTool(
      workspace.as('manager'),
      toolInputSchema.parse({
        name: 'crm.update',
        sideEffect: 'write',
        reversible: true,
        egress: true,
        dataClass: 'internal',
        risk: 'medium',
      }),
    );
    await expect(tryGrant({ vary: ['/arguments/field'] })).rejects.toEqual(code('grant_too_wide'));
    expect((await tryGrant({ vary: ['/arguments/amount'] })).state).toBe('approved');
  });

  it('a call with edits', async () => {
    const { approval, digest } = await ask({ field: 'discount', amount: 100 });
    const edits = { field: 'discount', amount: 90 };
    await expect(
      approveAction(reviewer(), approval?.id ?? '', { digest, edits, scope: SCOPE }),
    ).rejects.toEqual(code('grant_without_edits'));
  });

  it('a verdict that can be undone: it counts at once, and the grant is revoked', async () => {
    const { approval, digest } = await ask({ field: 'discount', amount: 100 });
    const detail = await approveAction(reviewer(), approval?.id ?? '', {
      digest,
      scope: SCOPE,
      undoable: true,
    });
    expect(detail.verdict).not.toHaveProperty('undoUntil');
  });

  it('a key of the command line may give one, as it may approve', async () => {
    await grant({}, await makeKeyContext(workspace, 'reviewer'));
    expect((await like()).outcome).toBe('allow');
  });
});
