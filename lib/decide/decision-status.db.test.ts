import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { readDecisionStatus, untilSettled } from './decision-status';
import { redeemPermit } from './permit-lifecycle';
import { reportOutcome } from './report-outcome';
import { decideOne, makeAgent, makeTool, makeWorkspace, NOW, proposal } from './testing/fixture';

/** Longer than any test: whoever comes back before it was woken. */
/** Longer than a test may take: whoever is not woken fails. */
const WAIT_SECONDS = 60;
const TTL_MS = 30 * 60_000;
let workspace: string;
let agent: string;

beforeAll(async () => {
  await sql(
    `SELECT belay_ensure_partitions(current_date, (current_date + interval '1 month')::date)`,
  );
});

beforeEach(async () => {
  workspace = await makeWorkspace();
  await makeTool(workspace, 'write_note', { write: true });
  agent = await makeAgent(workspace, { rung: 3 });
});

/** A write of an agent on rung 3, which waits for a person. */
const ask = async (at: number) =>
  (await decideOne(workspace, proposal(agent, 'write_note'), at)).id;
const stateOf = async (id: string, at: number) =>
  (await readDecisionStatus(workspace, agent, id, new Date(at))).state;
const expireAt = (at: Date) =>
  sql('UPDATE approvals SET expires_at = $2 WHERE workspace_id = $1', [workspace, at]);
const wait = (id: string, seconds: number) =>
  untilSettled(workspace, id, seconds, new AbortController().signal);

describe('a decision that waits for a person', () => {
  it('is expired for its agent from the moment its time is over, swept or not', async () => {
    const id = await ask(NOW);
    expect(await stateOf(id, NOW + TTL_MS - 1)).toBe('pending');
    expect(await stateOf(id, NOW + TTL_MS)).toBe('expired');
    const stored = await sql('SELECT state FROM decisions WHERE id = $1', [id]);
    expect(stored).toEqual([{ state: 'pending' }]);
  });

  it('is called expired too when it is redeemed or reported', async () => {
    const id = await ask(NOW);
    const late = {
      workspaceId: workspace,
      agentId: agent,
      decisionId: id,
      actor: `agent:${agent}`,
    };
    const at = { now: NOW + TTL_MS };
    const action = { tool: 'write_note', arguments: {}, resource: { type: 'account', id: 'a-1' } };
    const refused = { code: 'not_permitted', message: /state is "expired"/ };
    await expect(redeemPermit({ ...late, ...at, ...action })).rejects.toMatchObject(refused);
    await expect(
      reportOutcome({ ...late, ...at, status: 'succeeded' as const }),
    ).rejects.toMatchObject(refused);
  });
});

describe('an agent that waits', () => {
  it('is woken when the time is over, before anything has swept it', async () => {
    const id = await ask(Date.now());
    await expireAt(new Date(Date.now() + 150));
    await wait(id, WAIT_SECONDS);
    expect(await stateOf(id, Date.now())).toBe('expired');
  });

  it('is woken at once by what is over already', async () => {
    const id = await ask(Date.now());
    await expireAt(new Date(Date.now() - 1));
    await wait(id, WAIT_SECONDS);
    expect(await stateOf(id, Date.now())).toBe('expired');
  });

  it('is not woken while there is time left', async () => {
    const id = await ask(Date.now());
    await wait(id, 0.3);
    expect(await stateOf(id, Date.now())).toBe('pending');
  });
});
