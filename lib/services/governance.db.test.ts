import { beforeEach, describe, expect, it } from 'vitest';
import { toolInputSchema } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { DEFAULT_POLICY_TEXT } from '@/lib/policy';
import { defaultLadder } from '@/lib/trust';
import { changeIncident, setRootCause } from './incidents/change';
import { createIncident } from './incidents/create';
import { getIncident } from './incidents/get';
import { listIncidents } from './incidents/list';
import { createLadder } from './ladders/create';
import { listLadders } from './ladders/list';
import { createPolicy } from './policies/create';
import { listPolicies } from './policies/list';
import { ledgerKinds, makeAgent, makeWorkspace, type TestWorkspace } from './testing/fixture';
import { listTools } from './tools/list';
import { putTool } from './tools/put';

let workspace: TestWorkspace;
let foreign: TestWorkspace;
beforeEach(async () => {
  [workspace, foreign] = await Promise.all([makeWorkspace(), makeWorkspace()]);
});

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const epochs = async () =>
  (
    await sql<Record<string, number>>('SELECT * FROM workspace_epochs WHERE workspace_id = $1', [
      workspace.id,
    ])
  )[0];

describe('tools', () => {
  const tool = (changes = {}) =>
    toolInputSchema.parse({
      name: 'mail.send',
      sideEffect: 'write',
      reversible: false,
      egress: true,
      dataClass: 'internal',
      risk: 'high',
      ...changes,
    });

  it('replace the entry of their name, and count from the next decision', async () => {
    await putTool(workspace.as('manager'), tool());
    await putTool(workspace.as('manager'), tool({ risk: 'low', tags: ['mail'] }));
    const page = await listTools(workspace.as('viewer'), { limit: 10 });
    expect(page.items).toMatchObject([{ name: 'mail.send', risk: 'low', tags: ['mail'] }]);
    expect((await epochs())?.['catalogue_epoch']).toBe(2);
    expect(await ledgerKinds(workspace.id)).toEqual(['workspace.created', 'tool.put', 'tool.put']);
  });

  it('are paged by name, and are those of the workspace', async () => {
    for (const name of ['c', 'a', 'b']) await putTool(workspace.as('manager'), tool({ name }));
    const first = await listTools(workspace.as('viewer'), { limit: 2 });
    const rest = await listTools(workspace.as('viewer'), {
      limit: 2,
      cursor: first.nextCursor ?? undefined,
    });
    expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect((await listTools(foreign.as('admin'), { limit: 5 })).items).toEqual([]);
  });

  it('are not for analysts to change', async () => {
    await expect(putTool(workspace.as('analyst'), tool())).rejects.toEqual(code('forbidden'));
  });
});

describe('the ladder', () => {
  const change = (basedOn = 1, ladder = { ...defaultLadder, hysteresis: 0.05 }) =>
    createLadder(workspace.as('manager'), { ladder, basedOn, reason: 'More cautious' });

  it('is in force as soon as its new version is there', async () => {
    expect(await change()).toMatchObject({ version: 2, current: true, createdBy: 'The manager' });
    const list = await listLadders(workspace.as('viewer'), { limit: 10 });
    expect(list.items.map(({ version, current }) => [version, current])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect(list.items[0]?.ladder.hysteresis).toBe(0.05);
    expect((await epochs())?.['ladder_version']).toBe(2);
    expect((await ledgerKinds(workspace.id)).at(-1)).toBe('ladder.changed');
  });

  it('takes one of two changes that began from the same version', async () => {
    const results = await Promise.allSettled([change(), change()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'stale_version', details: { facts: { basedOn: 1, current: 2 } } },
    });
    expect((await epochs())?.['ladder_version']).toBe(2);
  });

  it('refuses thresholds that do not rise, in words', async () => {
    const rungs = defaultLadder.rungs.map((rung) =>
      rung.rung === 4 ? { ...rung, min: 0.4 } : rung,
    );
    await expect(change(1, { ...defaultLadder, rungs, hysteresis: 0.02 })).rejects.toMatchObject({
      code: 'invalid_ladder',
      message: /rung 4 must be above/,
    });
  });

  it('counts the agents on each rung', async () => {
    await makeAgent(workspace);
    const list = await listLadders(workspace.as('viewer'), { limit: 10 });
    expect(list.agentsByRung).toEqual({ 1: 1, 2: 0, 3: 0, 4: 0, 5: 0 });
  });

  it('is for managers', async () => {
    const input = { ladder: defaultLadder, basedOn: 1, reason: 'x' };
    await expect(createLadder(workspace.as('analyst'), input)).rejects.toEqual(code('forbidden'));
  });
});

describe('the policy', () => {
  const change = (text: string, basedOn = 1) =>
    createPolicy(workspace.as('manager'), { text, basedOn, reason: 'A new rule' });
  const rule = '\n@id("no-mail") forbid (principal, action, resource) when { false };\n';

  it('is in force once it compiles', async () => {
    await change(`${DEFAULT_POLICY_TEXT}${rule}`);
    const list = await listPolicies(workspace.as('viewer'), { limit: 1 });
    expect(list.items[0]).toMatchObject({ version: 2, current: true, reason: 'A new rule' });
    expect((await epochs())?.['policy_version']).toBe(2);
    expect((await ledgerKinds(workspace.id)).at(-1)).toBe('policy.changed');
  });

  it('is refused with the line of what is wrong, and nothing changes', async () => {
    await expect(
      change('permit (principal, action, resource);\n\nforbid (nonsense);'),
    ).rejects.toMatchObject({
      code: 'invalid_policy',
      details: {
        errors: [expect.objectContaining({ message: expect.stringMatching(/^Line 3/) as string })],
      },
    });
    expect((await epochs())?.['policy_version']).toBe(1);
  });

  it('is refused when somebody was faster', async () => {
    await change(`${DEFAULT_POLICY_TEXT}${rule}`);
    await expect(change(DEFAULT_POLICY_TEXT)).rejects.toEqual(code('stale_version'));
  });

  it('is for managers', async () => {
    const input = { text: DEFAULT_POLICY_TEXT, basedOn: 1, reason: 'x' };
    await expect(createPolicy(workspace.as('analyst'), input)).rejects.toEqual(code('forbidden'));
  });
});

describe('incidents', () => {
  const open = async () => {
    const agent = await makeAgent(workspace);
    return createIncident(workspace.as('analyst'), {
      agentId: agent.id,
      severity: 2,
      title: 'It wrote to the wrong customer',
    });
  };

  it('are opened, worked on, explained and closed, each step in the ledger', async () => {
    const { id } = await open();
    await changeIncident(workspace.as('analyst'), id, 'investigating');
    await setRootCause(workspace.as('analyst'), id, 'An ambiguous name');
    const closed = await changeIncident(workspace.as('analyst'), id, 'closed');
    expect(closed).toMatchObject({ state: 'closed', rootCause: 'An ambiguous name' });
    expect(closed.closedAt).not.toBeNull();
    expect((await ledgerKinds(workspace.id)).slice(-4)).toEqual([
      'incident.opened',
      'incident.investigating',
      'incident.root_cause',
      'incident.closed',
    ]);
  });

  it('stay closed', async () => {
    const { id } = await open();
    await changeIncident(workspace.as('analyst'), id, 'closed');
    await expect(changeIncident(workspace.as('analyst'), id, 'open')).rejects.toEqual(
      code('incident_closed'),
    );
  });

  it('are paged, newest first, by state', async () => {
    const { id, agentId } = await open();
    const input = { agentId, severity: 3, title: 'Another' };
    const second = await createIncident(workspace.as('analyst'), input);
    const page = await listIncidents(workspace.as('viewer'), { limit: 1, state: 'open' });
    expect(page.items[0]?.id).toBe(second.id);
    const rest = await listIncidents(workspace.as('viewer'), {
      limit: 5,
      cursor: page.nextCursor ?? undefined,
    });
    expect(rest.items.map((item) => item.id)).toEqual([id]);
  });

  it('are not found in another workspace, and not for reviewers', async () => {
    const { id, agentId } = await open();
    const input = { agentId, severity: 1, title: 'x' };
    await expect(getIncident(foreign.as('admin'), id)).rejects.toEqual(code('not_found'));
    await expect(changeIncident(foreign.as('admin'), id, 'closed')).rejects.toEqual(
      code('not_found'),
    );
    await expect(createIncident(foreign.as('admin'), input)).rejects.toEqual(code('not_found'));
    await expect(createIncident(workspace.as('reviewer'), input)).rejects.toEqual(
      code('forbidden'),
    );
  });
});
