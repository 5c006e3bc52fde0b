import { beforeAll, describe, expect, it } from 'vitest';
import { send, sql, withTransaction, type Sql } from '@/lib/db';
import { assess, defaultLadder, defaultTrustConfig } from '@/lib/trust';
import { makeAgent, makeWorkspace, NOW } from './testing/fixture';
import { lockTrustStates, updateTrustStates } from './trust-states';

let workspaceId: string;
let agentId: string;
beforeAll(async () => {
  workspaceId = await makeWorkspace();
  agentId = await makeAgent(workspaceId);
});

/** Locks the state, and writes it back with another count of actions. */
async function count(run: Sql, step = 1): Promise<number> {
  const [stored] = await lockTrustStates(run, workspaceId, [agentId]);
  if (stored === undefined) throw new Error('the agent has no state');
  const { actions = 0 } = stored.activity as { actions?: number };
  const { state, reading, rung } = assess(stored.state, [], {
    config: defaultTrustConfig,
    ladder: defaultLadder,
    now: NOW,
    openIncident: false,
  });
  const activity = { actions: actions + step };
  await send(run, updateTrustStates([{ workspaceId, agentId, state, reading, rung, activity }]));
  return actions + step;
}

const inDatabase = async () => {
  const [row] = await sql<{ actions: number }>(
    `SELECT (activity ->> 'actions')::int AS actions FROM trust_states WHERE agent_id = $1`,
    [agentId],
  );
  return row?.actions;
};

describe('trust states', () => {
  it('are those of the database, whoever changed them last', async () => {
    const first = await withTransaction((run) => count(run));
    expect(await inDatabase()).toBe(first);
    await sql(`UPDATE trust_states SET activity = '{"actions": 700}' WHERE agent_id = $1`, [
      agentId,
    ]);
    expect(await withTransaction((run) => count(run))).toBe(701);
    expect(await inDatabase()).toBe(701);
  });

  it('are those before, when a transaction that wrote them failed', async () => {
    const before = await withTransaction((run) => count(run));
    const failing = withTransaction(async (run) => {
      await count(run, 1_000);
      throw new Error('something else went wrong');
    });
    await expect(failing).rejects.toThrow('something else');
    expect(await withTransaction((run) => count(run))).toBe(before + 1);
  });

  it('count twice what one transaction wrote twice', async () => {
    const before = await withTransaction((run) => count(run));
    const twice = await withTransaction(async (run) => {
      await count(run);
      return count(run);
    });
    expect(twice).toBe(before + 2);
    expect(await inDatabase()).toBe(twice);
  });

  it('lose nothing when many transactions want the same one', async () => {
    const before = await withTransaction((run) => count(run));
    await Promise.all(Array.from({ length: 40 }, () => withTransaction((run) => count(run))));
    expect(await inDatabase()).toBe(before + 40);
  });

  it('are not remembered for the agent of another workspace', async () => {
    const other = await makeWorkspace();
    await withTransaction((run) => count(run));
    expect(await withTransaction((run) => lockTrustStates(run, other, [agentId]))).toEqual([]);
  });
});
