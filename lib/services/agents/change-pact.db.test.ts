import { beforeEach, describe, expect, it } from 'vitest';
import type { Pact } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { redeemPermit, submitAction } from '@/lib/decide';
import { approveAction } from '@/lib/services/approvals/approve';
import type { ServiceContext } from '@/lib/services/context';
import { verifyLedger } from '@/lib/services/ledger/verify';
import {
  actAlone,
  askForApproval,
  askToWrite,
  makeAskingAgent,
  makePerson,
  makeTrustedAgent,
  makeWorkspace,
  newPublicKey,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { changePact } from './change-pact';
import { getAgent } from './get';
import { revokeAgent } from './revoke';
import { rotateAgentKey } from './rotate-key';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
});

const UPDATES: Pact = { tools: ['crm.update'] };
const NOTES: Pact = { tools: ['note.add'] };
const NOTHING: Pact = { tools: [] };

const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const change = (
  agentId: string,
  pact: Pact,
  { basedOn = 1, who = workspace.as('admin') }: { basedOn?: number; who?: ServiceContext } = {},
) => changePact(who, agentId, { pact, reason: 'For a test', basedOn });

const addNote = (agentId: string) =>
  submitAction(workspace.id, {
    requestId: newId(),
    agentId,
    actor: `agent:${agentId}`,
    tool: 'note.add',
    arguments: { text: 'Called back' },
    resource: { type: 'customer', id: 'c-1' },
    sessionId: undefined,
    endUser: undefined,
  });

const redeem = (agentId: string, decisionId: string, tool: string, args: unknown) =>
  redeemPermit({
    workspaceId: workspace.id,
    agentId,
    decisionId,
    actor: `agent:${agentId}`,
    tool,
    arguments: args,
    resource: { type: 'customer', id: 'c-1' },
    now: Date.now(),
  });

const NOTE_ARGS = { text: 'Called back' };

describe('another pact', () => {
  it('holds for the next decision, wider and narrower', async () => {
    const { id } = await makeTrustedAgent(workspace, { pact: NOTHING });
    expect((await addNote(id)).outcome).toBe('deny');
    expect(await change(id, NOTES)).toMatchObject({ pact: NOTES, pactVersion: 2 });
    expect((await addNote(id)).outcome).toBe('allow');
    await change(id, NOTHING, { basedOn: 2 });
    expect(await addNote(id)).toMatchObject({
      outcome: 'deny',
      reasons: expect.arrayContaining([code('pact.tool')]) as unknown,
    });
  });

  it('lets no decision through that was asked for after it, while decisions pour in', async () => {
    const { id } = await makeTrustedAgent(workspace, { pact: NOTES });
    let acknowledged = false;
    const late: string[] = [];
    const pour = async () => {
      while (late.length < 10) {
        const after = acknowledged;
        const { outcome } = await addNote(id);
        if (after) late.push(outcome);
      }
    };
    const pouring = pour();
    await change(id, NOTHING);
    acknowledged = true;
    await pouring;
    expect(new Set(late)).toEqual(new Set(['deny']));
  });

  it('is written down with both versions, and the ledger still verifies', async () => {
    const { id } = await makeTrustedAgent(workspace, { pact: NOTES });
    await actAlone(workspace, id);
    await change(id, NOTHING);
    const [entry] = await sql<{ body: string }>(
      `SELECT convert_from(bytes, 'UTF8') AS body FROM ledger_entries WHERE workspace_id = $1 AND kind = 'agent.pact_changed'`,
      [workspace.id],
    );
    const { body } = JSON.parse(entry?.body ?? '{}') as { body: unknown };
    expect(body).toEqual({
      from: 1,
      to: 2,
      pact: NOTHING,
      widened: false,
      reason: 'For a test',
      ended: { approvals: 0, permits: 1 },
    });
    expect(await verifyLedger(workspace.as('viewer'))).toMatchObject({ ok: true });
  });

  it('does not let a budget begin anew when it is lowered', async () => {
    const budgets = (maxActions: number) => [{ maxActions, perSeconds: 3_600_000 }];
    const { id } = await makeTrustedAgent(workspace, { pact: { ...NOTES, budgets: budgets(3) } });
    await actAlone(workspace, id);
    await actAlone(workspace, id);
    await change(id, { ...NOTES, budgets: budgets(2) });
    expect((await addNote(id)).outcome).not.toBe('allow');
    await change(id, { ...NOTES, budgets: budgets(4) }, { basedOn: 2 });
    expect((await addNote(id)).outcome).toBe('allow');
  });
});

describe('what was asked for under the old pact', () => {
  it('does not run: a permit of a tool that is gone is dead', async () => {
    const { id } = await makeTrustedAgent(workspace, { pact: NOTES });
    const decisionId = await actAlone(workspace, id);
    await change(id, NOTHING);
    await expect(redeem(id, decisionId, 'note.add', NOTE_ARGS)).rejects.toEqual(
      code('permit_cancelled'),
    );
  });

  it('does not run when a person had approved it, nor waits for one any more', async () => {
    const { id } = await makeAskingAgent(workspace, { pact: UPDATES });
    const approved = await askForApproval(workspace, id);
    await approveAction(workspace.as('reviewer'), approved.approvalId, { digest: approved.digest });
    const waiting = await askForApproval(workspace, id, { id: 'c-2' });
    await change(id, { ...UPDATES, resources: ['invoice/*'] });
    const states = await sql<{ state: string }>(
      'SELECT state FROM decisions WHERE workspace_id = $1 AND id = ANY($2::uuid[])',
      [workspace.id, [approved.decisionId, waiting.decisionId]],
    );
    expect(states.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    await expect(
      approveAction(workspace.as('reviewer'), waiting.approvalId, { digest: waiting.digest }),
    ).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('does not run for another agent that acts for this one', async () => {
    const { id: link } = await makeAskingAgent(workspace, { name: 'Planner', pact: UPDATES });
    const { id } = await makeAskingAgent(workspace, { pact: UPDATES });
    const behind = { delegators: [`agent:${link}`], chain: [link], delegationDepth: 1 };
    const { approval, digest } = await askToWrite(workspace, id, behind);
    await change(link, NOTHING);
    await expect(
      approveAction(workspace.as('reviewer'), approval?.id ?? '', { digest }),
    ).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('does not run alone when a person would be asked now, and does where one was', async () => {
    const cases: Pact = { tools: ['*'], caseFor: ['internal'] };
    const { id: alone } = await makeTrustedAgent(workspace);
    const permitted = await actAlone(workspace, alone);
    await change(alone, cases);
    await expect(redeem(alone, permitted, 'note.add', NOTE_ARGS)).rejects.toEqual(
      code('permit_cancelled'),
    );
    const { id } = await makeAskingAgent(workspace);
    const asked = await askForApproval(workspace, id, NOTE_ARGS);
    await approveAction(workspace.as('reviewer'), asked.approvalId, { digest: asked.digest });
    await change(id, cases);
    expect(await redeem(id, asked.decisionId, 'crm.update', NOTE_ARGS)).toBeDefined();
  });

  it('has no grant left that would live again when the tool is put back', async () => {
    const { id } = await makeAskingAgent(workspace, { pact: UPDATES });
    const { approval, digest } = await askToWrite(workspace, id);
    const scope = { uses: 5, minutes: 10, vary: [] };
    await approveAction(workspace.as('reviewer'), approval?.id ?? '', { digest, scope });
    await change(id, NOTHING);
    await change(id, UPDATES, { basedOn: 2 });
    expect((await askToWrite(workspace, id)).outcome).toBe('require_approval');
    const [grant] = await sql('SELECT end_code FROM approval_grants WHERE agent_id = $1', [id]);
    expect(grant).toEqual({ end_code: 'pact_changed' });
  });

  it('goes on where the new pact holds it as well', async () => {
    const { id } = await makeTrustedAgent(workspace, { pact: { tools: ['*'] } });
    const decisionId = await actAlone(workspace, id);
    await change(id, NOTES);
    expect(await redeem(id, decisionId, 'note.add', NOTE_ARGS)).toBeDefined();
  });
});

describe('who may change a pact', () => {
  it('is a manager, of this workspace, who knows which pact is in force', async () => {
    const { id } = await makeTrustedAgent(workspace, { pact: NOTES });
    await expect(change(id, NOTHING, { who: workspace.as('analyst') })).rejects.toEqual(
      code('forbidden'),
    );
    const foreign = (await makeWorkspace()).as('admin');
    await expect(change(id, NOTHING, { who: foreign })).rejects.toEqual(code('not_found'));
    const both = await Promise.allSettled([change(id, NOTHING), change(id, UPDATES)]);
    const [lost] = both.filter((result) => result.status === 'rejected');
    expect(lost).toMatchObject({
      reason: { code: 'stale_version', details: { facts: { basedOn: 1, current: 2 } } },
    });
    expect((await getAgent(workspace.as('viewer'), id)).pactVersion).toBe(2);
  });

  it('is nobody once the agent is revoked', async () => {
    const { id } = await makeTrustedAgent(workspace);
    await revokeAgent(workspace.as('manager'), id, 'Over');
    await expect(change(id, NOTHING)).rejects.toEqual(code('agent_revoked'));
  });

  it('is, for a wider one, nobody who owns the agent or put in its key', async () => {
    const owner = workspace.as('manager');
    const { id } = await makeTrustedAgent(workspace, { owner: owner.actor.email, pact: NOTES });
    await signsIn('Grace');
    const mallory = await signsIn('Mallory');
    await rotateAgentKey(mallory, id, newPublicKey());
    const wider: Pact = { tools: ['note.add', 'crm.update'] };
    await expect(change(id, wider, { who: owner })).rejects.toEqual(code('own_agent'));
    await expect(change(id, wider, { who: mallory })).rejects.toEqual(code('own_agent_key'));
    await change(id, NOTHING, { who: mallory });
    await expect(change(id, NOTES, { basedOn: 2, who: mallory })).rejects.toEqual(
      code('own_agent_key'),
    );
    expect((await change(id, wider, { basedOn: 2 })).pact).toEqual(wider);
  });
});

async function signsIn(name: string): Promise<ServiceContext> {
  const actor = await makePerson(workspace.id, 'manager', name);
  await sql(`UPDATE people SET password_hash = 'x' WHERE id = $1`, [actor.personId]);
  return { actor, now: new Date() };
}
