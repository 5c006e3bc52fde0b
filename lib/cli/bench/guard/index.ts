/**
 * `npm run bench -- guard`: what `guard` costs beside the bare HTTP calls it makes. Each round makes one call of both, so that
 * whatever else the machine does hits both alike: with answers from memory, where nothing is left but the client's own work; over
 * HTTP from a server that answers at once; and against a plane, where the bare calls are made with the Idempotency-Keys of `guard`,
 * and without.
 */
import { loadavg } from 'node:os';
import type { JWK } from 'jose';
import { AgentToken, Belay, type GuardedFunction } from '@/lib/client/agent/index';
import { launchPlane } from '../../launch';
import { printTable } from '../load';
import { setStage, type BenchAgent } from '../decide/stage';
import { answerFromMemory, serveFromMemory } from './memory';

const WARM_ROUNDS = 100;
const ROUNDS = { memory: 3_000, http: 2_000, plane: 1_000 };
const ARGS = { n: 1, text: 'a note of ordinary length, as an agent may write it' };
const ACTION = { name: 'bench.write', properties: { arguments: ARGS } };
const RESOURCE = { type: 'bench', id: '1' };

interface Rival {
  readonly bare: (withKeys: boolean) => Promise<void>;
  readonly guarded: () => Promise<void>;
}

/** @param args `client`: without a Belay */
export async function benchGuard([only]: readonly string[] = []): Promise<void> {
  printTable(
    [
      'answers come from',
      'bare p50 ms',
      'guard p50 ms',
      'guard p99 ms',
      'guard costs ms',
      'with 95 %',
      'load',
    ],
    [],
  );
  const key = await makeKey();
  const memory = { id: 'agent', privateKey: key };
  await measure('memory', rivalsAt('http://memory', memory, answerFromMemory), ROUNDS.memory, true);
  const near = await serveFromMemory();
  await measure(
    'a server that answers at once',
    rivalsAt(near.url, memory, fetch),
    ROUNDS.http,
    true,
  );
  near.close();
  if (only === 'client') return;
  const stage = await setStage(1);
  const plane = await launchPlane(stage.belay);
  try {
    const [agent] = stage.agents;
    if (agent === undefined) throw new Error('the stage has no agents');
    const rivals = rivalsAt(plane.url, agent, fetch);
    await measure('a plane', rivals, ROUNDS.plane, true);
    await measure('a plane, bare calls without keys', rivals, ROUNDS.plane, false);
  } finally {
    await plane.stop();
    await stage.belay.stop();
  }
}

/** What the machine does besides, which every figure depends on. */
const load = (): string => (loadavg()[0] ?? 0).toFixed(1);

async function makeKey(): Promise<JWK> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  return await crypto.subtle.exportKey('jwk', pair.privateKey);
}

function rivalsAt(
  url: string,
  { id: agentId, privateKey }: Pick<BenchAgent, 'id' | 'privateKey'>,
  send: typeof fetch,
): Rival {
  const token = new AgentToken({ agentId, privateKey, url, fetch: send });
  const belay = new Belay({ agentId, privateKey, url, fetch: send });
  const guarded: GuardedFunction<typeof ARGS, string> = belay.guard('bench.write', () => 'done', {
    resource: RESOURCE,
  });
  return {
    bare: (withKeys) => bareCalls({ url, agentId, token, send, withKeys }),
    guarded: async () => {
      const { state } = await guarded(ARGS);
      if (state !== 'ran') throw new Error(`the guarded call is ${state}`);
    },
  };
}

interface Caller {
  readonly url: string;
  readonly agentId: string;
  readonly token: AgentToken;
  readonly send: typeof fetch;
  readonly withKeys: boolean;
}

/** The three requests, as somebody would write them who looks at nothing but their answers. */
async function bareCalls({ url, agentId, token, send, withKeys }: Caller): Promise<void> {
  const post = async (
    path: string,
    body: unknown,
    keyed = withKeys,
  ): Promise<{ context: { id: string } }> => {
    const response = await send(url + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await token.current()}`,
        'content-type': 'application/json',
        ...(keyed ? { 'idempotency-key': crypto.randomUUID() } : {}),
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return (await response.json()) as { context: { id: string } };
  };
  const asked = { subject: { type: 'agent', id: agentId }, action: ACTION, resource: RESOURCE };
  const { context } = await post('/access/v1/evaluation', asked);
  await post(`/api/v1/decisions/${context.id}/redeem`, { action: ACTION, resource: RESOURCE });
  await post(
    `/api/v1/decisions/${context.id}/outcome`,
    { status: 'succeeded', output: 'done' },
    false,
  );
}

async function measure(
  name: string,
  { bare, guarded }: Rival,
  rounds: number,
  withKeys: boolean,
): Promise<void> {
  const plainly = () => bare(withKeys);
  const times: { bare: number[]; guarded: number[]; more: number[] } = {
    bare: [],
    guarded: [],
    more: [],
  };
  for (let round = 0; round < WARM_ROUNDS + rounds; round += 1) {
    const first = await timeOf(round % 2 === 0 ? plainly : guarded);
    const second = await timeOf(round % 2 === 0 ? guarded : plainly);
    if (round < WARM_ROUNDS) continue;
    const [plain, all] = round % 2 === 0 ? [first, second] : [second, first];
    times.bare.push(plain);
    times.guarded.push(all);
    times.more.push(all - plain);
  }
  const { bare: plain, guarded: all, more } = times;
  const cells = [at(plain, 0.5), at(all, 0.5), at(all, 0.99), at(more, 0.5)];
  const within = aroundMedian(more).map((ms) => ms.toFixed(3));
  const row = [name, ...cells.map((ms) => ms.toFixed(3)), within.join(' to '), load()];
  process.stdout.write(`| ${row.join(' | ')} |\n`);
}

/** Between which two values the median lies with 95 %, whatever the distribution: the ranks `n/2 +- 0.98 sqrt(n)`. */
function aroundMedian(values: readonly number[]): [number, number] {
  const reach = (0.98 * Math.sqrt(values.length)) / values.length;
  return [at(values, 0.5 - reach), at(values, 0.5 + reach)];
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Nearest rank. */
const at = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(q * values.length) - 1)] ?? 0;
