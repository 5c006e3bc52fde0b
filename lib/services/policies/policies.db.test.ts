import { beforeEach, describe, expect, it } from 'vitest';
import { policyPreviewInputSchema, type PolicyTest } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { submitAction } from '@/lib/decide';
import { DEFAULT_POLICY_TEXT } from '@/lib/policy';
import { createOverride } from '@/lib/services/overrides/create';
import {
  ledgerKinds,
  makeAgent,
  makeKeyBy,
  makeKeyContext,
  makePerson,
  makeWorkspace,
  makeWriteTool,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import type { ServiceContext } from '@/lib/services/context';
import { approvePolicy } from './approve';
import { createPolicy } from './create';
import { listPolicies } from './list';
import { previewPolicy } from './preview';
import { withdrawPolicy } from './withdraw';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
});

/** Rung 4 acts alone on high risk too. */
const WIDER = DEFAULT_POLICY_TEXT.replace(
  'context.trust.rung >= 5 && context.tool.risk',
  'context.trust.rung >= 4 && context.tool.risk',
);
const NARROWER = `${DEFAULT_POLICY_TEXT}
@id("no-crm") @reason("Not this one.")
forbid (principal, action, resource) when { context.tool.name == "crm.update" };`;
/** Lets nothing more through that could be tried, and cannot be shown to. */
const OPEN = `${DEFAULT_POLICY_TEXT}
permit (principal, action, resource) when { context.agent.owner == "somebody@example.org" };`;

const change = (
  text: string,
  context: ServiceContext = workspace.as('manager'),
  more: { basedOn?: number; tests?: PolicyTest[] } = {},
) => createPolicy(context, { text, basedOn: 1, reason: 'A reason', ...more });
const inForce = async () =>
  (await listPolicies(workspace.as('viewer'), { limit: 50 })).items.find(({ current }) => current)
    ?.version;
const code = (expected: string): unknown => expect.objectContaining({ code: expected });

async function agentOnRung(rung: number) {
  await makeWriteTool(workspace);
  const agent = await makeAgent(workspace);
  const until = new Date(Date.now() + 86_400_000).toISOString();
  await createOverride(workspace.as('manager'), agent.id, { rung, until, reason: 'For a test' });
  return agent.id;
}
const act = (agentId: string, tool = 'crm.update', args: Record<string, unknown> = {}) =>
  submitAction(workspace.id, {
    requestId: newId(),
    agentId,
    actor: `agent:${agentId}`,
    tool,
    arguments: args,
    resource: { type: 'customer', id: 'c-1' },
    sessionId: undefined,
    endUser: undefined,
  });

describe('a new version of the policy', () => {
  it('that lets nothing more through is in force at once', async () => {
    const agent = await agentOnRung(4);
    expect((await act(agent)).outcome).toBe('allow');
    expect(await change(NARROWER)).toMatchObject({
      version: 2,
      state: 'in_force',
      widening: { verdict: 'narrower' },
    });
    expect((await act(agent)).reasons).toMatchObject([{ text: 'Not this one.' }]);
    expect((await ledgerKinds(workspace.id)).filter((kind) => kind.startsWith('policy'))).toEqual([
      'policy.changed',
    ]);
  });

  it('that lets more through is proposed, with the calls that show it, and decides nothing', async () => {
    const made = await change(WIDER);
    expect(made).toMatchObject({ version: 2, basedOn: 1, state: 'proposed', current: false });
    expect(made.widening?.verdict).toBe('widens');
    expect(made.widening?.examples[0]).toMatchObject({
      before: 'require_approval',
      after: 'allow',
      call: { trust: { rung: 4 }, tool: { risk: 'high', sideEffect: 'write' } },
    });
    expect(await inForce()).toBe(1);
    expect((await ledgerKinds(workspace.id)).at(-1)).toBe('policy.proposed');
  });

  it('that cannot be shown to let nothing more through is proposed, and says why', async () => {
    expect((await change(OPEN)).widening).toMatchObject({
      verdict: 'unproven',
      examples: [],
      notCompared: ['agent.owner'],
    });
  });

  it('that names a tool of the catalogue is tried with it', async () => {
    await makeWriteTool(workspace);
    const text = `${DEFAULT_POLICY_TEXT}
      permit (principal, action, resource) when { context.tool.name == "crm.update" && context.trust.rung == 2 };`;
    const { widening } = await change(text);
    expect(widening).toMatchObject({
      verdict: 'widens',
      examples: [{ before: 'suggest', after: 'allow', call: { tool: { name: 'crm.update' } } }],
    });
  });

  it('numbers proposals too, and is refused when another came into force', async () => {
    await change(WIDER);
    expect(await change(NARROWER)).toMatchObject({ version: 3, state: 'in_force' });
    await expect(change(NARROWER)).rejects.toEqual(code('stale_version'));
    const list = await listPolicies(workspace.as('viewer'), { limit: 10 });
    expect(list.items.map(({ version, state }) => [version, state])).toEqual([
      [3, 'in_force'],
      [2, 'outdated'],
      [1, 'superseded'],
    ]);
  });

  it('takes one of two that began from the same version', async () => {
    const results = await Promise.allSettled([change(NARROWER), change(NARROWER)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await inForce()).toBe(2);
  });
});

describe('tests of a policy', () => {
  const test: PolicyTest = {
    name: 'payments wait on rung 4',
    input: { tool: { name: 'pay', risk: 'high' }, trust: { rung: 4 } },
    expect: 'require_approval',
  };

  it('stay with the versions after it, and stop one that breaks them', async () => {
    expect((await change(NARROWER, undefined, { tests: [test] })).tests).toEqual([test]);
    await expect(change(WIDER, undefined, { basedOn: 2 })).rejects.toMatchObject({
      code: 'policy_test_failed',
      message: /"payments wait on rung 4" expects require_approval and gets allow/,
      details: { errors: [{ path: 'tests.0' }] },
    });
    expect(await inForce()).toBe(2);
    const wider = await change(WIDER, undefined, { basedOn: 2, tests: [] });
    expect(wider).toMatchObject({ state: 'proposed', tests: [] });
  });
});

describe('the second person', () => {
  const approve = (context: ServiceContext, version = 2) =>
    approvePolicy(context, version, 'Looks right.');

  it('puts the proposal in force', async () => {
    await change(WIDER);
    expect(await approve(workspace.as('admin'))).toMatchObject({
      state: 'in_force',
      approvedBy: 'The admin',
    });
    expect(await inForce()).toBe(2);
    expect((await ledgerKinds(workspace.id)).at(-1)).toBe('policy.approved');
    await expect(approve(workspace.as('admin'))).rejects.toEqual(code('already_approved'));
  });

  it('is not the first one', async () => {
    await change(WIDER);
    await expect(approve(workspace.as('manager'))).rejects.toEqual(code('own_change'));
    const [proposal] = (await listPolicies(workspace.as('manager'), { limit: 1 })).items;
    expect(proposal?.mayApprove).toMatchObject({ allowed: false, why: /You proposed/ });
    const [seen] = (await listPolicies(workspace.as('admin'), { limit: 1 })).items;
    expect(seen?.mayApprove).toEqual({ allowed: true });
  });

  it('is no API key, and not whoever made the key that proposed', async () => {
    const admin = workspace.as('admin');
    const key = await makeKeyBy(await makeKeyBy(admin, 'admin'), 'manager');
    await change(WIDER, key);
    const other = await makeKeyContext(workspace, 'admin');
    await expect(approve(key)).rejects.toEqual(code('person_needed'));
    await expect(approve(other)).rejects.toEqual(code('person_needed'));
    await expect(approve(admin)).rejects.toEqual(code('own_change'));
    expect((await approve(workspace.as('manager'))).state).toBe('in_force');
  });

  it('is a manager or an admin of this workspace', async () => {
    await change(WIDER);
    await expect(approve(workspace.as('analyst'))).rejects.toEqual(code('forbidden'));
    const foreign = await makeWorkspace();
    await expect(approve(foreign.as('admin'))).rejects.toEqual(code('not_found'));
    await expect(approve(workspace.as('admin'), 7)).rejects.toEqual(code('not_found'));
    expect(await inForce()).toBe(1);
  });

  it('is one, when two approve at once', async () => {
    await change(WIDER);
    const third = { actor: await makePerson(workspace.id, 'manager', 'Third'), now: new Date() };
    const results = await Promise.allSettled([approve(workspace.as('admin')), approve(third)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'already_approved' },
    });
    const approvals = (await ledgerKinds(workspace.id)).filter(
      (kind) => kind === 'policy.approved',
    );
    expect(approvals).toHaveLength(1);
  });

  it('comes too late once another version is in force', async () => {
    await change(WIDER);
    await change(NARROWER);
    await expect(approve(workspace.as('admin'))).rejects.toEqual(code('stale_version'));
    expect(await inForce()).toBe(3);
  });
});

describe('a proposal that is taken back', () => {
  const REASON = 'It lets too much through.';
  const withdraw = (context: ServiceContext, version = 2) =>
    withdrawPolicy(context, version, REASON);

  it('stays in the list with the reason, and nobody can approve it any more', async () => {
    await change(WIDER);
    const [mine] = (await listPolicies(workspace.as('manager'), { limit: 1 })).items;
    expect(mine).toMatchObject({ mayWithdraw: true, withdrawal: null });
    expect(await withdraw(workspace.as('manager'))).toMatchObject({
      state: 'withdrawn',
      withdrawal: { by: 'The manager', reason: REASON },
      mayApprove: { allowed: false },
      mayWithdraw: false,
    });
    expect((await ledgerKinds(workspace.id)).at(-1)).toBe('policy.withdrawn');
    const late = approvePolicy(workspace.as('admin'), 2, undefined);
    await expect(late).rejects.toEqual(code('already_withdrawn'));
    await expect(withdraw(workspace.as('admin'))).rejects.toEqual(code('already_withdrawn'));
    expect(await inForce()).toBe(1);
    expect((await change(WIDER)).version).toBe(3);
  });

  it('is for whoever proposed it, also after they lost the role, and for managers', async () => {
    const author = await makePerson(workspace.id, 'manager', 'Author');
    await change(WIDER, { actor: author, now: new Date() });
    await change(WIDER, { actor: author, now: new Date() });
    await expect(withdraw(workspace.as('analyst'))).rejects.toEqual(code('forbidden'));
    const demoted: ServiceContext = { actor: { ...author, role: 'viewer' }, now: new Date() };
    expect((await withdraw(demoted)).state).toBe('withdrawn');
    expect((await withdraw(workspace.as('manager'), 3)).state).toBe('withdrawn');
  });

  it('is one that waits, in this workspace', async () => {
    await expect(withdraw(workspace.as('manager'), 1)).rejects.toEqual(code('already_approved'));
    await change(WIDER);
    const foreign = await makeWorkspace();
    await expect(withdraw(foreign.as('admin'))).rejects.toEqual(code('not_found'));
    await change(NARROWER);
    await expect(withdraw(workspace.as('manager'))).rejects.toEqual(code('stale_version'));
  });

  it('is in force or withdrawn, never both, when the two come at once', async () => {
    await change(WIDER);
    const results = await Promise.allSettled([
      withdraw(workspace.as('manager')),
      approvePolicy(workspace.as('admin'), 2, undefined),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const kinds = await ledgerKinds(workspace.id);
    const settled = kinds.filter((kind) => /policy\.(approved|withdrawn)/.test(kind));
    expect(settled).toHaveLength(1);
    expect(await inForce()).toBe(settled[0] === 'policy.approved' ? 2 : 1);
  });
});

describe('a preview', () => {
  const preview = (text: string, changes: Record<string, unknown> = {}) =>
    previewPolicy(workspace.as('manager'), policyPreviewInputSchema.parse({ text, ...changes }));

  it('says what recorded decisions would have become, by agent and tool, and changes nothing', async () => {
    const agent = await agentOnRung(4);
    for (let n = 0; n < 3; n += 1) await act(agent, 'crm.update', { n });
    await act(agent, 'unknown.tool');
    const seen = await preview(NARROWER);
    expect(seen).toMatchObject({ basedOn: 1, decisions: 4, settledElsewhere: 0, truncated: false });
    expect(seen.counts).toEqual([
      { before: 'allow', after: 'deny', count: 3 },
      { before: 'require_approval', after: 'require_approval', count: 1 },
    ]);
    expect(seen.byTool).toEqual([{ tool: 'crm.update', wider: 0, narrower: 3, same: 0 }]);
    expect(seen.byAgent).toMatchObject([{ agentId: agent, wider: 0, narrower: 3, same: 1 }]);
    expect(seen.examples[0]).toMatchObject({
      before: 'allow',
      after: 'deny',
      reasons: [{ text: 'Not this one.' }],
    });
    expect(seen.widening.verdict).toBe('narrower');
    expect(await inForce()).toBe(1);
    expect(await ledgerKinds(workspace.id)).not.toContain('policy.proposed');
  });

  it('asks recorded calls with the facts they were decided with', async () => {
    const agent = await agentOnRung(4);
    await act(agent, 'crm.update', { amount: 900 });
    await act(agent, 'crm.update', { amount: 20 });
    const text = `${DEFAULT_POLICY_TEXT}
      forbid (principal, action, resource) when { context.trust.rung == 4 && context.numbers.hasTag("amount") &&
        context.numbers.getTag("amount") > 500 };`;
    const seen = await preview(text);
    expect(seen.byTool).toEqual([{ tool: 'crm.update', wider: 0, narrower: 1, same: 1 }]);
  });

  it('leaves out what a switch, the pact or a budget settled', async () => {
    const agent = await agentOnRung(4);
    await act(agent);
    await setKillSwitch(workspace.as('manager'), {
      scope: { type: 'workspace' },
      mode: 'halt',
      reason: 'Stop',
    });
    await act(agent);
    expect(await preview(WIDER)).toMatchObject({ decisions: 1, settledElsewhere: 1 });
  });

  it('looks only as far back as it is told, and only here', async () => {
    const agent = await agentOnRung(4);
    await act(agent);
    const later = { ...workspace.as('manager'), now: new Date(Date.now() + 3 * 86_400_000) };
    const input = policyPreviewInputSchema.parse({ text: WIDER, days: 2 });
    expect((await previewPolicy(later, input)).decisions).toBe(0);
    const foreign = await makeWorkspace();
    expect((await previewPolicy(foreign.as('manager'), input)).decisions).toBe(0);
  });

  it('runs the tests, finds tools nobody has described, and refuses a broken text with its line', async () => {
    const tests: PolicyTest[] = [{ name: 'x', input: {}, expect: 'allow' }];
    const seen = await preview(NARROWER, { tests });
    expect(seen.tests).toMatchObject([{ name: 'x', passed: false, outcome: 'deny' }]);
    expect(seen.findings).toMatchObject([
      { message: 'the catalogue has no tool "crm.update"', policyId: 'no-crm' },
    ]);
    await expect(preview('permit (principal,\n action resource);')).rejects.toMatchObject({
      code: 'invalid_policy',
      details: { errors: [{ path: 'text:2:9' }] },
    });
  });

  it('is for those who may change the policy', async () => {
    await expect(previewPolicy(workspace.as('analyst'), { text: WIDER, days: 7 })).rejects.toEqual(
      code('forbidden'),
    );
    const [row] = await sql<{ count: number }>(
      'SELECT count(*)::int AS count FROM policies WHERE workspace_id = $1',
      [workspace.id],
    );
    expect(row?.count).toBe(1);
  });
});
