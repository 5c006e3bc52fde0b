/** What two round trips a transaction rest on: locks are waited for before anything is read, and half a batch is none. */
import { expect, it } from 'vitest';
import { closePool, newId, sql, withClosing, withTransaction } from '@/lib/db';
import { Committer } from './committer';
import { prepareBatch, type Decided } from './decide-batch';
import { seizeEpochs } from './epoch-lock';
import { makeAgent, makeTool, makeWorkspace, NOW, proposal, verifyChain } from './testing/fixture';

const stage = async (agents: number) => {
  const workspace = await makeWorkspace();
  await makeTool(workspace, 'read_note');
  const ids: string[] = [];
  for (let i = 0; i < agents; i += 1) ids.push(await makeAgent(workspace, { rung: 4 }));
  return { workspace, agents: ids };
};

const outcomes = (results: readonly unknown[]) =>
  results.map((result) => (result as Partial<Decided>).outcome);

/** Whatever PostgreSQL is told to do by default, for everybody who connects from now on. */
async function byDefault(isolation: string): Promise<void> {
  await sql(
    `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = %L', current_database(), '${isolation}'); END $$`,
  );
  await closePool();
}

it.each(['read committed', 'repeatable read', 'serializable'])(
  'a batch that waits for a switch holds to it, also where transactions are by default %s',
  async (isolation) => {
    const { workspace, agents } = await stage(1);
    await byDefault(isolation);
    try {
      const decide = () =>
        withClosing((run) =>
          prepareBatch(run, workspace, [proposal(String(agents[0]), 'read_note')], NOW),
        );
      expect(outcomes(await decide())).toEqual(['allow']);
      const { waiting } = await withTransaction(async (run) => {
        await seizeEpochs(run, workspace);
        await run(
          `INSERT INTO kill_switches (workspace_id, id, scope_type, mode, reason, set_by, set_by_name, set_at)
           VALUES ($1, $2, 'workspace', 'halt', 'test', 'test', 'Test', $3)`,
          [workspace, newId(), new Date(NOW)],
        );
        await run(
          'UPDATE workspace_epochs SET kill_epoch = kill_epoch + 1 WHERE workspace_id = $1',
          [workspace],
        );
        const waiting = decide();
        await untilSomebodyWaits();
        return { waiting };
      });
      expect(outcomes(await waiting)).toEqual(['deny']);
    } finally {
      await byDefault('read committed');
    }
  },
);

async function untilSomebodyWaits(): Promise<void> {
  const waits = () =>
    sql(
      `SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
       WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted`,
    );
  while ((await waits()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
}

it('answers nothing that was not committed, and commits nothing by halves, whenever its connections are lost', async () => {
  const { workspace, agents } = await stage(8);
  const committer = new Committer({ transaction: withClosing, clock: () => NOW });
  const answered: string[] = [];
  let asked = 0;
  let lost = 0;
  let over = false;
  const ask = async (agentId: string) => {
    while (!over) {
      asked += 1;
      const requestId = `lost ${asked}`;
      try {
        const decided = await committer.submit(
          workspace,
          proposal(agentId, 'read_note', { requestId }),
        );
        answered.push(decided.id);
      } catch (error) {
        expect(error).toMatchObject({ code: 'database_unavailable' });
        lost += 1;
      }
    }
  };
  const load = Promise.all(agents.map(ask));
  for (let killed = 0; killed < 60;) {
    const rows = await sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
         AND state <> 'idle'`,
    ).catch(() => []);
    killed += rows.length;
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  over = true;
  await load;
  expect(lost).toBeGreaterThan(0);
  const stored = await sql<{
    id: string;
    request_id: string;
    noted: number;
    permits: number;
    n: number;
  }>(
    `SELECT d.id, d.request_id, count(*) OVER (PARTITION BY d.request_id)::int AS n,
       (SELECT count(*)::int FROM ledger_entries l WHERE l.workspace_id = d.workspace_id AND l.subject = 'decision:' || d.id) AS noted,
       (SELECT count(*)::int FROM permits p WHERE p.workspace_id = d.workspace_id AND p.decision_id = d.id) AS permits
     FROM decisions d WHERE d.workspace_id = $1`,
    [workspace],
  );
  const ids = new Set(stored.map(({ id }) => id));
  expect(answered.filter((id) => !ids.has(id))).toEqual([]);
  expect(stored.filter(({ noted, permits, n }) => noted !== 1 || permits !== 1 || n !== 1)).toEqual(
    [],
  );
  expect(stored.length).toBeLessThanOrEqual(answered.length + lost);
  expect(await verifyChain(workspace)).toMatchObject({ ok: true });
});
