/** A kill switch set a hundred times while two processes decide a thousand calls a second. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { launchPlane } from '../../launch';
import { printTable } from '../load';
import { action, post } from './ask';
import { call, type BenchAgent, type DecideStage } from './stage';

const TRIES = 100;
const PER_SECOND = 1_000;
const CONNECTIONS = 64;
const BEFORE_MS = 150;
const AFTER_MS = 150;

interface Answer {
  readonly decision: boolean;
  readonly context: { readonly id: string; readonly outcome: string };
}

interface Try {
  /** Calls sent after the acknowledgement, and those of them that were allowed. */
  readonly asked: number;
  readonly allowed: number;
  /** From sending the order to its acknowledgement. */
  readonly ackMs: number;
  /** From the acknowledgement until an agent that waited for a person heard of the end. */
  readonly waitMs: number;
  /** From the acknowledgement until a permit given before was refused. */
  readonly permitMs: number;
}

export async function measureKills(stage: DecideStage): Promise<void> {
  const plane = await launchPlane(stage.belay, 2);
  const pool = new Pool(plane.url, { connections: CONNECTIONS, pipelining: 1 });
  // The first switch ends the pins of all agents, so that afterwards each try begins alike.
  await release(stage, await halt(stage));
  const load = startLoad(pool, stage.agents);
  try {
    const tries: Try[] = [];
    while (tries.length < TRIES) tries.push(await oneTry(stage, pool, load));
    report(tries, load.asked() / load.seconds());
  } finally {
    await load.stop();
    await pool.close();
    await plane.stop();
  }
}

interface Load {
  /** Begins to count calls sent from now on. @returns how many there were so far, and how many were allowed */
  readonly count: () => () => { asked: number; allowed: number };
  readonly asked: () => number;
  readonly seconds: () => number;
  readonly stop: () => Promise<void>;
}

/** Calls at a fixed rate, answered or not. */
function startLoad(pool: Pool, agents: readonly BenchAgent[]): Load {
  let over = false;
  let asked = 0;
  let counting: { asked: number; allowed: number } | undefined;
  const started = performance.now();
  const underway = new Set<Promise<void>>();
  const ask = async (agent: BenchAgent) => {
    const own = counting;
    const { decision } = await evaluate(pool, agent, 'bench.read');
    if (own === undefined) return;
    own.asked += 1;
    if (decision) own.allowed += 1;
  };
  const loop = (async () => {
    for (; !over; asked += 1) {
      const wait = started + (asked * 1000) / PER_SECOND - performance.now();
      if (wait > 1) await sleep(wait);
      const agent = agents[asked % agents.length];
      if (agent === undefined) throw new Error('the stage has no agents');
      const one = ask(agent).finally(() => underway.delete(one));
      underway.add(one);
    }
  })();
  return {
    count: () => {
      const own = { asked: 0, allowed: 0 };
      counting = own;
      return () => {
        counting = undefined;
        return own;
      };
    },
    asked: () => asked,
    seconds: () => (performance.now() - started) / 1000,
    stop: async () => {
      over = true;
      await loop;
      await Promise.all(underway);
    },
  };
}

const halt = async ({ belay, key }: DecideStage): Promise<string> => {
  const order = { scope: { type: 'workspace' }, mode: 'halt', reason: 'bench' };
  return (await call(belay.url, key, '/api/v1/kill-switches', order)).id;
};

const release = ({ belay, key }: DecideStage, id: string) =>
  call(belay.url, key, `/api/v1/kill-switches/${id}/release`, { reason: 'bench' });

async function oneTry(stage: DecideStage, pool: Pool, load: Load): Promise<Try> {
  const [agent] = stage.agents;
  if (agent === undefined) throw new Error('the stage has no agents');
  await sleep(BEFORE_MS);
  const pending = await evaluate(pool, agent, 'bench.secret');
  if (pending.context.outcome !== 'require_approval')
    throw new Error(`expected a call that waits, got ${pending.context.outcome}`);
  const permitted = await evaluate(pool, agent, 'bench.read');
  if (!permitted.decision)
    throw new Error(`expected an allow before the switch, got ${JSON.stringify(permitted)}`);
  const heard = waitFor(pool, agent, pending.context.id);
  await sleep(BEFORE_MS);
  const sent = performance.now();
  const id = await halt(stage);
  const acknowledged = performance.now();
  const counted = load.count();
  const permitMs = await untilRefused(pool, agent, permitted.context.id, acknowledged);
  const waitMs = Math.max(0, (await heard) - acknowledged);
  await sleep(AFTER_MS);
  const seen = counted();
  await release(stage, id);
  return { ...seen, ackMs: acknowledged - sent, waitMs, permitMs };
}

const evaluate = async (pool: Pool, agent: BenchAgent, tool: string): Promise<Answer> =>
  (await post(pool, agent, '/access/v1/evaluation', {
    subject: { type: 'agent', id: agent.id },
    ...action(tool),
  })) as Answer;

/** @returns when the wait ended */
async function waitFor(pool: Pool, agent: BenchAgent, id: string): Promise<number> {
  const response = await pool.request({
    method: 'GET',
    path: `/api/v1/decisions/${id}?wait=25`,
    headers: { authorization: `Bearer ${await agent.token.current()}` },
  });
  const { state } = (await response.body.json()) as { state?: string };
  if (state !== 'cancelled')
    throw new Error(`expected the wait to be cancelled, got ${state ?? ''}`);
  return performance.now();
}

/** @throws Error when the permit could be spent */
async function untilRefused(
  pool: Pool,
  agent: BenchAgent,
  id: string,
  since: number,
): Promise<number> {
  const response = await pool.request({
    method: 'POST',
    path: `/api/v1/decisions/${id}/redeem`,
    headers: {
      authorization: `Bearer ${await agent.token.current()}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(action('bench.read')),
  });
  await response.body.dump();
  if (response.statusCode < 400) throw new Error('a permit was spent after the switch');
  return performance.now() - since;
}

function report(tries: readonly Try[], perSecond: number): void {
  const sum = (read: (one: Try) => number) => tries.reduce((total, one) => total + read(one), 0);
  const worst = (read: (one: Try) => number) => Math.max(...tries.map(read)).toFixed(0);
  process.stdout.write('\n');
  printTable(
    [
      'tries',
      'evaluations a second',
      'asked after the acknowledgement',
      'allowed of them',
      'acknowledged, worst ms',
      'wait ended, worst ms',
      'permit refused, worst ms',
    ],
    [
      [
        String(tries.length),
        perSecond.toFixed(0),
        String(sum(({ asked }) => asked)),
        String(sum(({ allowed }) => allowed)),
        worst(({ ackMs }) => ackMs),
        worst(({ waitMs }) => waitMs),
        worst(({ permitMs }) => permitMs),
      ],
    ],
  );
  if (sum(({ allowed }) => allowed) > 0) process.exitCode = 1;
}
