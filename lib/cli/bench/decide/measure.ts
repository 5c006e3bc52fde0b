/** Drives one server with every kind of load, and prints a line for each. */
import { Pool } from 'undici';
import { postmasterPid } from '../../launch';
import { closedLoop, fixedRate, printTable, type LoadResult } from '../load';
import { askMany, askOnce } from './ask';
import { watchDatabase } from './database-figures';
import { processorSeconds } from './processor-time';
import type { BenchAgent, DecideStage } from './stage';

/** One connection an agent. */
export const AGENTS = 64;
const SECONDS = 10;
const WARM_SECONDS = 3;
const BATCH = 50;

export interface Server {
  readonly name: string;
  readonly url: string;
  /** Its first processes; the others are below them. */
  readonly pids: readonly number[];
}

interface Load {
  readonly what: string;
  /** Decisions an answer holds. */
  readonly decisions: number;
  readonly run: (server: Asker) => Promise<LoadResult>;
}

interface Asker {
  readonly ask: (tool: string) => (lane: number) => Promise<void>;
  readonly askBatch: (tool: string) => (lane: number) => Promise<void>;
  /** Single side effects a second in the closed loop. */
  readonly single: () => number;
}

const LOADS: readonly Load[] = [
  {
    what: `side effect, ${AGENTS} connections, closed loop`,
    decisions: 1,
    run: ({ ask }) => closedLoop({ lanes: AGENTS, seconds: SECONDS }, ask('bench.write')),
  },
  {
    what: 'side effect, fixed at half of that',
    decisions: 1,
    run: ({ ask, single }) =>
      fixedRate({ lanes: AGENTS, seconds: SECONDS, perSecond: single() / 2 }, ask('bench.write')),
  },
  {
    what: `read, ${AGENTS} connections, closed loop`,
    decisions: 1,
    run: ({ ask }) => closedLoop({ lanes: AGENTS, seconds: SECONDS }, ask('bench.read')),
  },
  {
    what: 'side effect, 1 connection, closed loop',
    decisions: 1,
    run: ({ ask }) => closedLoop({ lanes: 1, seconds: SECONDS }, ask('bench.write')),
  },
  {
    what: `batches of ${BATCH}, 8 connections, closed loop`,
    decisions: BATCH,
    run: ({ askBatch }) => closedLoop({ lanes: 8, seconds: SECONDS }, askBatch('bench.write')),
  },
];

const COLUMNS = [
  'decisions a second',
  'p50 ms',
  'p99 ms',
  'p99.9 ms',
  'server us',
  'PostgreSQL us',
  'load tool us',
  'batch',
  'waiting for locks',
];

/** Prints a line a load as it ends. */
export async function measureServer({ belay, agents }: DecideStage, server: Server): Promise<void> {
  const pool = new Pool(server.url, { connections: AGENTS, pipelining: 1 });
  const agentOf = (lane: number): BenchAgent => {
    const agent = agents[lane % agents.length];
    if (agent === undefined) throw new Error('the stage has no agents');
    return agent;
  };
  let single = 0;
  const asker: Asker = {
    ask: (tool) => (lane) => askOnce(pool, agentOf(lane), tool),
    askBatch: (tool) => (lane) => askMany(pool, agentOf(lane), tool, BATCH),
    single: () => single,
  };
  await closedLoop({ lanes: AGENTS, seconds: WARM_SECONDS }, asker.ask('bench.write'));
  process.stdout.write('\n');
  printTable([server.name, ...COLUMNS], []);
  const database = postmasterPid(belay.home);
  const spentBy = () =>
    [server.pids, database === undefined ? [] : [database]].map(processorSeconds);
  for (const { what, decisions, run } of LOADS) {
    const before = spentBy();
    const own = process.cpuUsage();
    const watched = await watchDatabase(belay.databaseUrl);
    const result = await run(asker);
    if (single === 0) single = result.perSecond;
    const spent = spentBy().map((seconds, index) =>
      microseconds(seconds, before[index], result.calls * decisions),
    );
    const { user, system } = process.cpuUsage(own);
    const { batch, waiting } = await watched();
    const { perSecond, p50, p99, p999 } = result;
    const cells = [
      what,
      (perSecond * decisions).toFixed(0),
      p50.toFixed(1),
      p99.toFixed(1),
      p999.toFixed(1),
      ...spent,
      ((user + system) / (result.calls * decisions)).toFixed(0),
      batch.toFixed(0),
      waiting.toFixed(2),
    ];
    process.stdout.write(`| ${cells.join(' | ')} |\n`);
  }
  await pool.close();
}

/** Processor time a decision. */
function microseconds(
  after: number | undefined,
  before: number | undefined,
  count: number,
): string {
  if (after === undefined || before === undefined) return '';
  return (((after - before) * 1_000_000) / count).toFixed(0);
}
