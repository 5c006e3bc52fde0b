import { beforeAll, describe, expect, it } from 'vitest';
import { sql, withClosing } from '@/lib/db';
import { Committer } from './committer';
import { decideOne, makeAgent, makeTool, makeWorkspace, NOW, proposal } from './testing/fixture';

const HOUR = { perSeconds: 3600 };
const BUDGET = { tools: ['*'], budgets: [{ maxActions: 3, ...HOUR }] };

let workspace: string;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeTool(workspace, 'read_note');
  await makeTool(workspace, 'count_note');
});

const makeMany = (count: number) =>
  Promise.all(Array.from({ length: count }, () => makeAgent(workspace, { rung: 4 })));

const through = (agent: string, chain: readonly string[], tool = 'read_note') =>
  proposal(agent, tool, { chain });

describe('the budget of an agent that passes tasks on', () => {
  it('counts what is done for it, whoever does it, and what it does itself', async () => {
    const planner = await makeAgent(workspace, { rung: 4, pact: BUDGET });
    const [one = '', other = ''] = await makeMany(2);
    const outcomes = [];
    for (const asked of [
      through(one, [planner]),
      through(other, [planner]),
      proposal(planner, 'read_note'),
      through(one, [planner]),
    ])
      outcomes.push((await decideOne(workspace, asked)).outcome);
    expect(outcomes).toEqual(['allow', 'allow', 'allow', 'deny']);
    const { reasons } = await decideOne(workspace, through(other, [one, planner]));
    expect(reasons[0]).toMatchObject({
      code: 'delegation.budget.exceeded',
      source: { type: 'link', id: planner },
    });
    expect(reasons[0]?.text).toMatch(/^The agent acts for "Tester", whose budget counts as well\./);
    expect((await decideOne(workspace, proposal(planner, 'read_note'))).outcome).toBe('deny');
  });

  it('is its own: those who act for it go on with what is their own, and are not held to account', async () => {
    const planner = await makeAgent(workspace, { rung: 4, pact: BUDGET });
    const [helper = ''] = await makeMany(1);
    for (let count = 0; count < 4; count += 1)
      await decideOne(workspace, through(helper, [planner]));
    expect((await decideOne(workspace, proposal(helper, 'read_note'))).outcome).toBe('allow');
    const told = await sql('SELECT 1 FROM signals WHERE workspace_id = $1 AND agent_id = $2', [
      workspace,
      helper,
    ]);
    expect(told).toEqual([]);
  });

  it('of one tool does not count others', async () => {
    const budgets = [{ tool: 'count_note', maxActions: 1, ...HOUR }];
    const planner = await makeAgent(workspace, { rung: 4, pact: { tools: ['*'], budgets } });
    const [helper = ''] = await makeMany(1);
    const outcomes = [];
    for (const tool of ['read_note', 'read_note', 'count_note', 'count_note', 'read_note'])
      outcomes.push((await decideOne(workspace, through(helper, [planner], tool))).outcome);
    expect(outcomes).toEqual(['allow', 'allow', 'allow', 'deny', 'allow']);
  });

  it('is spent once by many at once, from two processes', async () => {
    const planner = await makeAgent(workspace, { rung: 4, pact: BUDGET });
    const helpers = await makeMany(6);
    const committers = [1, 2].map(
      () => new Committer({ transaction: withClosing, clock: () => NOW }),
    );
    const decided = await Promise.all(
      committers.flatMap((committer) =>
        helpers.map((helper) => committer.submit(workspace, through(helper, [planner]))),
      ),
    );
    expect(decided.filter(({ outcome }) => outcome === 'allow')).toHaveLength(3);
  });
});
