import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { basePolicyInputSchema, type BasePolicyInput } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { submitAction, type Decided } from '@/lib/decide';
import { json, startDecisionPoint, type DecisionPoint } from '@/lib/decide/testing/decision-point';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { createOverride } from '@/lib/services/overrides/create';
import {
  ledgerKinds,
  makeAgent,
  makeWorkspace,
  makeWriteTool,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { getBasePolicy } from './get';
import { setBasePolicy } from './set';

let workspace: TestWorkspace;
let agentId: string;
let point: DecisionPoint;
beforeEach(async () => {
  workspace = await makeWorkspace();
  point = await startDecisionPoint();
  await makeWriteTool(workspace);
  agentId = (await makeAgent(workspace)).id;
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const pin = { rung: 4, until, reason: 'For a test' };
  await createOverride(workspace.as('manager'), agentId, pin);
});
afterEach(() => point.close());

const input = (changes: Record<string, unknown> = {}): BasePolicyInput =>
  basePolicyInputSchema.parse({
    kind: 'opa',
    url: `${point.url}/`,
    path: 'agents/decision',
    timeoutMs: 3_000,
    reason: 'Our rules',
    basedOn: 0,
    ...changes,
  });
const use = (changes: Record<string, unknown> = {}) =>
  setBasePolicy(workspace.as('admin'), input(changes));
const act = (args: Record<string, unknown> = { id: 'c-1' }): Promise<Decided> =>
  submitAction(workspace.id, {
    requestId: 'r',
    agentId,
    actor: `agent:${agentId}`,
    tool: 'crm.update',
    arguments: args,
    resource: { type: 'customer', id: 'c-1' },
    sessionId: undefined,
    endUser: undefined,
  });
const codes = ({ reasons }: Decided) => reasons.map(({ code }) => code);

describe('the base policy of a workspace', () => {
  it('is everything within the pact until an admin says otherwise, and then nobody is asked', async () => {
    expect(await getBasePolicy(workspace.as('viewer'))).toMatchObject({ version: 0, kind: 'none' });
    expect((await act()).outcome).toBe('allow');
  });

  it('is asked about each action, with what is known of agent and tool', async () => {
    await use({ token: 'word' });
    expect((await act()).outcome).toBe('allow');
    expect(point.asked).toMatchObject([
      {
        path: '/v1/data/agents/decision',
        authorization: 'Bearer word',
        body: {
          input: {
            agent: { id: agentId, owner: 'owner@example.org' },
            tool: { name: 'crm.update', known: true, risk: 'medium' },
            arguments: { id: 'c-1' },
          },
        },
      },
    ]);
  });

  it('only narrows: it can deny what the ladder allows, and not allow what the ladder denies', async () => {
    await use();
    point.answer = json({ result: { outcome: 'require_approval', reasons: ['A person looks.'] } });
    const asked = await act();
    expect(asked.outcome).toBe('require_approval');
    expect(asked.approval).toBeDefined();
    expect(asked.reasons[0]).toMatchObject({ text: 'A person looks.' });
    point.answer = json({ result: false });
    expect((await act()).outcome).toBe('deny');
    point.answer = json({ result: true });
    const other = await makeAgent(workspace);
    agentId = other.id;
    expect((await act()).outcome).toBe('deny');
  });

  it('comes after kill switches', async () => {
    await use();
    await setKillSwitch(workspace.as('manager'), {
      scope: { type: 'workspace' },
      mode: 'halt',
      reason: 'Stop',
    });
    point.answer = json({ result: false });
    expect(codes(await act())).toEqual(['switch.halt']);
  });

  it('counts from its acknowledgement on, also for an action that was asked about before', async () => {
    await use();
    let release: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => {
      point.answer = (response) => {
        resolve();
        release = () => json({ result: true })(response);
      };
    });
    const underWay = act();
    await waiting;
    await use({ kind: 'authzen', basedOn: 1 });
    release();
    expect(codes(await underWay)).toContain('base_policy.stale');
    point.answer = json({ decision: true });
    expect((await act()).outcome).toBe('allow');
    expect(point.asked.at(-1)?.path).toBe('/access/v1/evaluation');
  });
});

describe('a decision point that hangs', () => {
  it('means deny in bounded time, with the score as it was, and nothing is lost', async () => {
    const before = await act();
    await use({ timeoutMs: 200 });
    point.answer = () => undefined;
    const decided = await Promise.all(Array.from({ length: 12 }, (_, n) => act({ id: `c-${n}` })));
    expect(new Set(decided.map(({ outcome }) => outcome))).toEqual(new Set(['deny']));
    expect(decided.every((one) => codes(one).some((code) => code.startsWith('base_policy.')))).toBe(
      true,
    );
    expect(decided.every((one) => one.permit === undefined)).toBe(true);
    const scores = decided.map(({ trust }) => trust.score);
    expect(Math.min(...scores)).toBeGreaterThanOrEqual(before.trust.score);
    const [rows] = await sql<{ count: number }>(
      'SELECT count(*)::int AS count FROM decisions WHERE workspace_id = $1',
      [workspace.id],
    );
    expect(rows?.count).toBe(13);
    const made = (await ledgerKinds(workspace.id)).filter((kind) => kind === 'decision.made');
    expect(made).toHaveLength(13);
    const incidents = await sql('SELECT 1 FROM incidents WHERE workspace_id = $1', [workspace.id]);
    expect(incidents).toEqual([]);
  });

  it('does not hold up another workspace', async () => {
    await use({ timeoutMs: 5_000 });
    point.answer = () => undefined;
    let isHanging = true;
    const hanging = act().finally(() => (isHanging = false));
    const other = await makeWorkspace();
    const agent = await makeAgent(other);
    await submitAction(other.id, {
      requestId: 'r',
      agentId: agent.id,
      actor: `agent:${agent.id}`,
      tool: 'read',
      arguments: {},
      resource: { type: 'x', id: 'y' },
      sessionId: undefined,
      endUser: undefined,
    });
    expect(isHanging).toBe(true);
    await hanging;
  });
});

describe('changing it', () => {
  it('is for admins, is in the ledger, and never shows the token', async () => {
    await expect(setBasePolicy(workspace.as('manager'), input())).rejects.toMatchObject({
      code: 'forbidden',
    });
    const made = await use({ token: 'very-secret-word' });
    expect(made).toMatchObject({ version: 1, kind: 'opa', url: point.url, hasToken: true });
    expect(JSON.stringify(made)).not.toContain('very-secret');
    expect(await getBasePolicy(workspace.as('viewer'))).toEqual(made);
    expect((await ledgerKinds(workspace.id)).at(-1)).toBe('base_policy.changed');
    const [entry] = await sql<{ bytes: Buffer }>(
      'SELECT bytes FROM ledger_entries WHERE workspace_id = $1 ORDER BY seq DESC LIMIT 1',
      [workspace.id],
    );
    expect(entry?.bytes.toString()).not.toContain('very-secret');
    const [row] = await sql<{ sealed: string }>(
      `SELECT encode(sealed_token, 'escape') AS sealed FROM base_policies WHERE workspace_id = $1`,
      [workspace.id],
    );
    expect(row?.sealed).not.toContain('very-secret');
  });

  it('takes one of two changes that began from the same version', async () => {
    const results = await Promise.allSettled([use(), use({ kind: 'authzen' })]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('stays in its workspace', async () => {
    await use();
    const other = await makeWorkspace();
    expect(await getBasePolicy(other.as('admin'))).toMatchObject({ version: 0 });
  });

  it.each([
    [{ url: 'ftp://opa' }],
    [{ url: 'http://user:word@opa' }],
    [{ url: undefined }],
    [{ path: '../v1/policies' }],
    [{ path: undefined }],
    [{ timeoutMs: 60_000 }],
  ])('refuses %j', (changes) => {
    expect(() => input(changes)).toThrow();
  });
});
