/** A kill switch set a hundred times while two processes decide a thousand calls a second. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { launchPlane } from '../../launch';
import { closedLoop, printTable } from '../load';
import { action, post } from './ask';
import { call, pinAll, type BenchAgent, type DecideStage } from './stage';

const TRIES = 100;
const PER_SECOND = 1_000;
/** Of what the machine can do at all, so that the calls of a try are those that were sent in it. */
const BEARABLE = 0.6;
const CAPACITY_SECONDS = 5;
const CONNECTIONS = 64;
const BEFORE_MS = 150;
const AFTER_MS = 150;
/** How often it is looked whether calls still wait in line. */
const LOOK_MS = 20;

interface Answer {
  readonly decision: boolean;
  readonly context: { readonly id: string; readonly outcome: string };
}

interface Counted {
  readonly asked: number;
  readonly allowed: number;
}

interface Try extends Counted {
  /** Calls sent in the moment before the order, and those of them that were allowed: without them the others would say nothing. */
  readonly before: Counted;
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
  // Whoever is watched has connections of its own, as another program would.
  const aside = new Pool(plane.url, { connections: 2, pipelining: 1 });
  // One agent asks for little and is pinned no more: some of its calls wait for a person, and others run.
  const [watched, ...busy] = stage.agents;
  if (watched === undefined) throw new Error('the stage has no agents');
  await release(stage, await halt(stage));
  await pinAll(stage, busy);
  const rate = await bearableRate(pool, busy);
  process.stdout.write(
    `\nA kill switch, ${TRIES} times, at ${rate.toFixed(0)} evaluations a second\n`,
  );
  const load = startLoad(pool, busy, rate);
  try {
    const tries: Try[] = [];
    while (tries.length < TRIES) tries.push(await oneTry(stage, { aside, load, watched, busy }));
    report(tries, load.asked() / load.seconds());
  } finally {
    await load.stop();
    await pool.close();
    await aside.close();
    await plane.stop();
  }
}

interface Load {
  /** Resolves once there are free connections: whatever was set up for a try is over, and calls are answered as they come. */
  readonly calm: () => Promise<void>;
  /** Begins to count calls sent from now on. @returns ends it, and says how many there were when all of them are answered */
  readonly count: () => () => Promise<Counted>;
  readonly asked: () => number;
  readonly seconds: () => number;
  readonly stop: () => Promise<void>;
}

/** The aim's rate, or less on a machine that cannot do as much. The first seconds of a process count for nothing. */
async function bearableRate(pool: Pool, agents: readonly BenchAgent[]): Promise<number> {
  const ask = async (lane: number) => {
    await evaluate(pool, agentAt(agents, lane), 'bench.read');
  };
  const load = { lanes: CONNECTIONS, seconds: CAPACITY_SECONDS };
  await closedLoop(load, ask);
  const { perSecond } = await closedLoop(load, ask);
  return Math.min(PER_SECOND, perSecond * BEARABLE);
}

function agentAt(agents: readonly BenchAgent[], index: number): BenchAgent {
  const agent = agents[index % agents.length];
  if (agent === undefined) throw new Error('the stage has no agents');
  return agent;
}

/** Calls at a fixed rate, answered or not. */
function startLoad(pool: Pool, agents: readonly BenchAgent[], rate: number): Load {
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
      const wait = started + (asked * 1000) / rate - performance.now();
      if (wait > 1) await sleep(wait);
      const one = ask(agentAt(agents, asked)).finally(() => underway.delete(one));
      underway.add(one);
    }
  })();
  return {
    calm: async () => {
      while (underway.size >= CONNECTIONS) await sleep(LOOK_MS);
    },
    count: () => {
      const own = { asked: 0, allowed: 0 };
      counting = own;
      return async () => {
        counting = undefined;
        await Promise.all(underway);
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

interface Scene {
  readonly aside: Pool;
  readonly load: Load;
  /** Not part of the load. */
  readonly watched: BenchAgent;
  readonly busy: readonly BenchAgent[];
}

async function oneTry(stage: DecideStage, { aside, load, watched, busy }: Scene): Promise<Try> {
  await pinAll(stage, busy);
  await load.calm();
  const pending = await evaluate(aside, watched, 'bench.secret');
  if (pending.context.outcome !== 'require_approval')
    throw new Error(`expected a call that waits, got ${JSON.stringify(pending)}`);
  const permitted = await evaluate(aside, watched, 'bench.read');
  if (!permitted.decision)
    throw new Error(`expected an allow before the switch, got ${JSON.stringify(permitted)}`);
  const heard = waitFor(aside, watched, pending.context.id);
  const countedBefore = load.count();
  await sleep(BEFORE_MS);
  const before = countedBefore();
  const sent = performance.now();
  const id = await halt(stage);
  const acknowledged = performance.now();
  const counted = load.count();
  const permitMs = await untilRefused(aside, watched, permitted.context.id, acknowledged);
  const waitMs = Math.max(0, (await heard) - acknowledged);
  await sleep(AFTER_MS);
  const seen = await counted();
  await release(stage, id);
  return { ...seen, before: await before, ackMs: acknowledged - sent, waitMs, permitMs };
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
  const times = (read: (one: Try) => number) => {
    const sorted = tries.map(read).sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]?.toFixed(0) ?? '-';
    return `${at(0.5)}, ${at(0.9)}, ${at(1)}`;
  };
  process.stdout.write('\n');
  printTable(
    [
      'tries',
      'evaluations a second',
      'asked before',
      'allowed of them',
      'asked after the acknowledgement',
      'allowed of them',
      'acknowledged, p50, p90 and worst ms',
      'wait ended, p50, p90 and worst ms',
      'permit refused, p50, p90 and worst ms',
    ],
    [
      [
        String(tries.length),
        perSecond.toFixed(0),
        String(sum(({ before }) => before.asked)),
        String(sum(({ before }) => before.allowed)),
        String(sum(({ asked }) => asked)),
        String(sum(({ allowed }) => allowed)),
        times(({ ackMs }) => ackMs),
        times(({ waitMs }) => waitMs),
        times(({ permitMs }) => permitMs),
      ],
    ],
  );
  const meaningless = sum(({ before }) => before.allowed) === 0;
  if (meaningless || sum(({ allowed }) => allowed) > 0) process.exitCode = 1;
}
