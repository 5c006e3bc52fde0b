import { beforeEach, describe, expect, it } from 'vitest';
import { newId, sql } from '@/lib/db';
import { committer } from '@/lib/decide';
import { approveAction } from '@/lib/services/approvals/approve';
import { getAgent } from '@/lib/services/agents/get';
import {
  askForApproval,
  ledgerKinds,
  makeAskingAgent,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { switchImpact } from './impact';
import { listKillSwitches } from './list';
import { releaseKillSwitch } from './release';
import { setKillSwitch } from './set';

let workspace: TestWorkspace;
let agentId: string;
beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace, { tags: ['crm'] })).id;
});

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
type Input = Parameters<typeof setKillSwitch>[1];
const set = (scope: Input['scope'], mode: Input['mode'] = 'halt') =>
  setKillSwitch(workspace.as('analyst'), { scope, mode, reason: 'Something is wrong' });
const everything = { type: 'workspace' } as const;

async function outcomeOf(tool = 'crm.update') {
  await committer().submit(workspace.id, {
    requestId: newId(),
    agentId,
    actor: `agent:${agentId}`,
    tool,
    arguments: {},
    resource: { type: 'customer', id: 'c-1' },
    sessionId: undefined,
    endUser: undefined,
  });
  const [row] = await sql<{ outcome: string; reasons: { text: string }[] }>(
    'SELECT outcome, reasons FROM decisions WHERE workspace_id = $1 ORDER BY id DESC LIMIT 1',
    [workspace.id],
  );
  return row;
}

describe('setting a kill switch', () => {
  it.each([
    ['the agent', () => ({ type: 'agent', value: agentId }) as const],
    ['the tool', () => ({ type: 'tool', value: 'crm.update' }) as const],
    ['a tag', () => ({ type: 'tag', value: 'crm' }) as const],
    ['everything', () => everything],
  ])('on %s ends what waits and holds for the next decision', async (_, scope) => {
    const asked = await askForApproval(workspace, agentId);
    const answer = await set(scope());
    expect(answer).toMatchObject({ inForce: true, setBy: 'The analyst', ended: { approvals: 1 } });
    const [approval] = await sql('SELECT state, cancel_reason FROM approvals WHERE id = $1', [
      asked.approvalId,
    ]);
    expect(approval).toEqual({
      state: 'cancelled',
      cancel_reason: 'A kill switch was set: Something is wrong',
    });
    const decision = await outcomeOf();
    expect(decision?.outcome).toBe('deny');
    expect(JSON.stringify(decision?.reasons)).toContain('Something is wrong');
    expect(await ledgerKinds(workspace.id)).toContain('switch.set');
  });

  it('leaves what is out of its reach alone', async () => {
    const asked = await askForApproval(workspace, agentId);
    const other = await set({ type: 'tool', value: 'mail.send' });
    expect(other.ended).toEqual({ approvals: 0, permits: 0 });
    const [approval] = await sql('SELECT state FROM approvals WHERE id = $1', [asked.approvalId]);
    expect(approval).toEqual({ state: 'pending' });
  });

  it('kills permits and approved actions that were not carried out', async () => {
    const asked = await askForApproval(workspace, agentId);
    await approveAction(workspace.as('reviewer'), asked.approvalId, { digest: asked.digest });
    const answer = await set({ type: 'agent', value: agentId }, 'read_only');
    expect(answer.ended.permits).toBe(1);
    const [permit] = await sql<{ dead: boolean }>(
      'SELECT cancelled_at IS NOT NULL AS dead FROM permits WHERE decision_id = $1',
      [asked.decisionId],
    );
    expect(permit?.dead).toBe(true);
    const [decision] = await sql('SELECT state FROM decisions WHERE id = $1', [asked.decisionId]);
    expect(decision).toEqual({ state: 'cancelled' });
  });

  it('ends a pin on the rung at once', async () => {
    expect((await getAgent(workspace.as('viewer'), agentId)).override).not.toBeNull();
    await set({ type: 'tag', value: 'crm' });
    expect((await getAgent(workspace.as('viewer'), agentId)).override).toBeNull();
  });

  it('says beforehand what it would end', async () => {
    await askForApproval(workspace, agentId);
    const scope = { type: 'agent', value: agentId, mode: 'halt' } as const;
    expect(await switchImpact(workspace.as('viewer'), scope)).toEqual({
      agents: 1,
      pendingApprovals: 1,
      openPermits: 0,
    });
  });

  it('is shown on the agent, and refused a second time', async () => {
    await set(everything);
    const agent = await getAgent(workspace.as('viewer'), agentId);
    expect(agent.switches).toMatchObject([{ mode: 'halt', reason: 'Something is wrong' }]);
    await expect(set(everything)).rejects.toEqual(code('already_in_force'));
  });

  it('is for analysts, and for agents of the workspace', async () => {
    const input = { scope: everything, mode: 'halt', reason: 'x' } as const;
    await expect(setKillSwitch(workspace.as('reviewer'), input)).rejects.toEqual(code('forbidden'));
    const foreign = (await makeWorkspace()).as('admin');
    await expect(
      setKillSwitch(foreign, { ...input, scope: { type: 'agent', value: agentId } }),
    ).rejects.toEqual(code('not_found'));
  });

  it('lets no decision through that was answered after it, while decisions pour in', async () => {
    const late: string[] = [];
    let acknowledged = false;
    const pour = async () => {
      for (let n = 0; late.length < 20; n += 1) {
        const id = `r-${n}`;
        if (acknowledged) late.push(id);
        await outcomeOfRequest(id);
      }
    };
    const pouring = pour();
    await set(everything);
    acknowledged = true;
    await pouring;
    const rows = await sql<{ outcome: string }>(
      'SELECT DISTINCT outcome FROM decisions WHERE workspace_id = $1 AND request_id = ANY($2::text[])',
      [workspace.id, late],
    );
    expect(rows).toEqual([{ outcome: 'deny' }]);
  });

  const outcomeOfRequest = (requestId: string) =>
    committer().submit(workspace.id, {
      requestId,
      agentId,
      actor: `agent:${agentId}`,
      tool: 'crm.update',
      arguments: { requestId },
      resource: { type: 'customer', id: 'c-1' },
      sessionId: undefined,
      endUser: undefined,
    });
});

describe('releasing a kill switch', () => {
  it('restores decisions, and names who released it and why', async () => {
    const { id } = await set({ type: 'tool', value: 'crm.update' });
    const released = await releaseKillSwitch(workspace.as('manager'), id, 'It was a false alarm');
    expect(released).toMatchObject({
      inForce: false,
      releasedBy: 'The manager',
      releaseReason: 'It was a false alarm',
    });
    expect((await outcomeOf())?.outcome).toBe('require_approval');
    expect((await ledgerKinds(workspace.id)).includes('switch.released')).toBe(true);
  });

  it('tells the second of two who was first', async () => {
    const { id } = await set(everything);
    const results = await Promise.allSettled([
      releaseKillSwitch(workspace.as('manager'), id, 'One'),
      releaseKillSwitch(workspace.as('admin'), id, 'Two'),
    ]);
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost).toHaveLength(1);
    expect(lost[0]).toMatchObject({ reason: { code: 'already_released' } });
  });

  it('is not for analysts, and not found in another workspace', async () => {
    const { id } = await set(everything);
    await expect(releaseKillSwitch(workspace.as('analyst'), id, 'x')).rejects.toEqual(
      code('forbidden'),
    );
    const foreign = (await makeWorkspace()).as('admin');
    await expect(releaseKillSwitch(foreign, id, 'x')).rejects.toEqual(code('not_found'));
    expect((await listKillSwitches(foreign, { limit: 5 })).items).toEqual([]);
  });

  it('comes after those in force in the list', async () => {
    const first = await set({ type: 'tag', value: 'a' });
    const second = await set({ type: 'tag', value: 'b' });
    await releaseKillSwitch(workspace.as('manager'), second.id, 'Done');
    const page = await listKillSwitches(workspace.as('viewer'), { limit: 1 });
    expect(page.items[0]?.id).toBe(first.id);
    const next = await listKillSwitches(workspace.as('viewer'), {
      limit: 1,
      cursor: page.nextCursor ?? undefined,
    });
    expect(next.items[0]?.id).toBe(second.id);
  });
});
