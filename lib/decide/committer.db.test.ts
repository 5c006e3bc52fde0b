import { beforeAll, describe, expect, it } from 'vitest';
import { sql, withClosing, type Closing, type Sql } from '@/lib/db';
import { Committer } from './committer';
import { makeAgent, makeTool, makeWorkspace, NOW, proposal, verifyChain } from './testing/fixture';

let workspace: string;
let agents: string[];
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeTool(workspace, 'read_note');
  agents = await Promise.all(Array.from({ length: 24 }, () => makeAgent(workspace, { rung: 4 })));
});

const agent = (index: number): string => agents[index % agents.length] ?? '';

/** A committer whose first transaction commits only when it is told to. */
function held() {
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  let first = true;
  const transaction = <T>(work: (run: Sql) => Promise<Closing<T>>): Promise<T> =>
    withClosing(async (run) => {
      if (!first) return work(run);
      first = false;
      await gate;
      return work(run);
    });
  return { committer: new Committer({ transaction, clock: () => NOW }), release };
}

/** Lets whatever can go on go on, up to the queue of the committer. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('a committer', () => {
  it('decides others while one transaction waits, and keeps the actions of one agent in order', async () => {
    const { committer, release } = held();
    const order: string[] = [];
    const submit = (index: number, name: string) =>
      committer
        .submit(workspace, proposal(agent(index), 'read_note', { requestId: name }))
        .then(() => order.push(name));
    const stuck = submit(0, 'first of 0');
    await aMoment();
    const others = Array.from({ length: 20 }, (_, i) => submit(i + 1, `only of ${i + 1}`));
    const next = submit(0, 'second of 0');
    await Promise.all(others);
    expect(order).toHaveLength(20);
    expect(order).not.toContain('second of 0');
    release();
    await Promise.all([stuck, next]);
    expect(order.slice(20)).toEqual(['first of 0', 'second of 0']);
  });

  it('takes an action that waits for its delegator before what its agent asks later', async () => {
    const { committer, release } = held();
    const order: string[] = [];
    const submit = (index: number, name: string, chain?: readonly string[]) =>
      committer
        .submit(
          workspace,
          proposal(agent(index), 'read_note', {
            requestId: name,
            ...(chain === undefined ? {} : { chain }),
          }),
        )
        .then(() => order.push(name));
    const stuck = submit(1, 'the delegator');
    await aMoment();
    const later = [submit(0, 'for the delegator', [agent(1)]), submit(0, 'for itself')];
    await Promise.all(Array.from({ length: 20 }, (_, i) => submit(i + 2, `only of ${i + 2}`)));
    expect(order).toHaveLength(20);
    release();
    await Promise.all([stuck, ...later]);
    expect(order.slice(20)).toEqual(['the delegator', 'for the delegator', 'for itself']);
  });

  it('decides all that wait for one agent in the order they came, however many batches they take', async () => {
    const committer = new Committer({ transaction: withClosing, clock: () => NOW });
    const names = Array.from({ length: 450 }, (_, i) => `order ${String(i).padStart(3, '0')}`);
    await Promise.all(
      names.map((requestId, i) =>
        committer.submit(workspace, proposal(agent(i % 3), 'read_note', { requestId })),
      ),
    );
    const rows = await sql<{ agent_id: string; names: string[] }>(
      `SELECT d.agent_id, array_agg(d.request_id ORDER BY l.seq) AS names FROM ledger_entries l
       JOIN decisions d ON d.workspace_id = l.workspace_id AND l.subject = 'decision:' || d.id
       WHERE l.workspace_id = $1 AND d.request_id LIKE 'order %' GROUP BY d.agent_id`,
      [workspace],
    );
    expect(rows).toHaveLength(3);
    for (const { names: made } of rows) expect(made).toEqual([...made].sort());
    expect(await verifyChain(workspace)).toMatchObject({ ok: true });
  });
});
