/** `npm run bench decide`: evaluations through the Next route, durable, with real agents, keys and PostgreSQL on this machine. */
import { execFileSync } from 'node:child_process';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { Pool } from 'undici';
import { AgentToken } from '@/lib/client/agent-token';
import { childEnvironment } from '@/lib/env';
import { launchBelay } from '../launch';
import { closedLoop, fixedRate, printTable, type LoadResult } from './load';

const AGENTS = 16;
const SECONDS = 10;

interface BenchAgent {
  readonly id: string;
  readonly token: string;
}

export async function benchDecide(): Promise<void> {
  const belay = await launchBelay({ variables: { BELAY_DEMO: '0' } });
  const pool = new Pool(belay.url, { connections: AGENTS, pipelining: 1 });
  try {
    const key = createKey(belay.home);
    await putTools(belay.url, key);
    const agents = await Promise.all(
      Array.from({ length: AGENTS }, (_, index) => makeAgent(belay.url, key, index)),
    );
    const ask = (tool: string) => (lane: number) => evaluate(pool, agents[lane % AGENTS], tool);
    await closedLoop({ lanes: AGENTS, seconds: 3 }, ask('bench.write'));
    const write = await closedLoop({ lanes: AGENTS, seconds: SECONDS }, ask('bench.write'));
    const read = await closedLoop({ lanes: AGENTS, seconds: SECONDS }, ask('bench.read'));
    const one = await closedLoop({ lanes: 1, seconds: SECONDS }, ask('bench.write'));
    const half = await fixedRate(
      { lanes: AGENTS, seconds: SECONDS, perSecond: write.perSecond / 2 },
      ask('bench.write'),
    );
    printTable(
      ['evaluations through the Next route', 'a second', 'p50 ms', 'p99 ms', 'p99.9 ms'],
      [
        row(`side effect, ${AGENTS} connections, closed loop`, write),
        row(`read, ${AGENTS} connections, closed loop`, read),
        row('side effect, 1 connection, closed loop', one),
        row(`side effect, fixed at half of the first rate`, half),
      ],
    );
  } finally {
    await pool.close();
    await belay.stop();
  }
}

const row = (name: string, result: LoadResult) => [
  name,
  result.perSecond.toFixed(0),
  result.p50.toFixed(1),
  result.p99.toFixed(1),
  result.p999.toFixed(1),
];

function createKey(home: string): string {
  const args = [
    '--import',
    'tsx',
    'lib/cli/main.ts',
    'key',
    'create',
    '--name',
    'bench',
    '--role',
    'admin',
  ];
  return execFileSync(process.execPath, args, {
    env: childEnvironment({ BELAY_HOME: home, DATABASE_URL: undefined }),
    encoding: 'utf8',
  }).trim();
}

async function call(
  url: string,
  key: string,
  path: string,
  body: unknown,
): Promise<{ id: string }> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as { id: string };
}

async function putTools(url: string, key: string): Promise<void> {
  const facts = { reversible: true, egress: false, dataClass: 'internal', risk: 'low' };
  await call(url, key, '/api/v1/tools', { name: 'bench.write', sideEffect: 'write', ...facts });
  await call(url, key, '/api/v1/tools', { name: 'bench.read', sideEffect: 'none', ...facts });
}

async function makeAgent(url: string, key: string, index: number): Promise<BenchAgent> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const { id } = await call(url, key, '/api/v1/agents', {
    name: `bench ${index}`,
    version: '1',
    owner: 'bench',
    purpose: 'Measures how fast decisions are',
    publicKey: await exportJWK(pair.publicKey),
    pact: { tools: ['*'] },
  });
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await call(url, key, `/api/v1/agents/${id}/overrides`, { rung: 4, until, reason: 'bench' });
  const privateKey: JWK = await exportJWK(pair.privateKey);
  return { id, token: await new AgentToken({ agentId: id, privateKey, url }).current() };
}

async function evaluate(pool: Pool, agent: BenchAgent | undefined, tool: string): Promise<void> {
  const response = await pool.request({
    method: 'POST',
    path: '/access/v1/evaluation',
    headers: { authorization: `Bearer ${agent?.token ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      subject: { type: 'agent', id: agent?.id },
      action: {
        name: tool,
        properties: { arguments: { customer: 'C-1042', note: 'called back, wants an offer' } },
      },
      resource: { type: 'customer', id: 'C-1042' },
    }),
  });
  const answer = (await response.body.json()) as { decision?: boolean };
  if (answer.decision !== true)
    throw new Error(`expected an allow, got ${response.statusCode}: ${JSON.stringify(answer)}`);
}
