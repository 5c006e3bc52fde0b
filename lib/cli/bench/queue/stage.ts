/** What the queue is measured on: a Belay of its own with agents that have asked for thousands of things. */
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { Pool } from 'undici';
import { AgentToken } from '@/lib/client/agent/index';
import { launchBelay, runBelay, type RunningBelay } from '../../launch';

/** Requests that are under way at once while the queue is filled. */
const LANES = 32;
const AGENTS = 40;
const DAY_MS = 86_400_000;

export interface StageAgent {
  readonly id: string;
  readonly name: string;
  /** Renewed when it ends: the whole takes longer than a token lives. */
  readonly token: AgentToken;
}

export interface Stage {
  readonly belay: RunningBelay;
  /** An admin's API key. */
  readonly key: string;
  readonly agents: readonly StageAgent[];
  /** Asks for one action. @returns the id of the approval */
  readonly ask: (agent: StageAgent, call: Call) => Promise<string>;
  readonly close: () => Promise<void>;
}

export interface Call {
  readonly tool: string;
  readonly target: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Tools by risk; whatever writes waits for a person on rung 3. */
const TOOLS = { 'bench.note': 'low', 'bench.refund': 'medium' } as const;

export async function setStage(): Promise<Stage> {
  const belay = await launchBelay({ variables: { BELAY_DEMO: '0' } });
  const pool = new Pool(belay.url, { connections: LANES, pipelining: 1 });
  const key = await runBelay(belay.home, ['key', 'create', '--name', 'bench', '--role', 'admin']);
  for (const [name, risk] of Object.entries(TOOLS))
    await post(belay.url, key, '/api/v1/tools', {
      name,
      risk,
      sideEffect: 'write',
      reversible: true,
      egress: false,
      dataClass: 'internal',
    });
  const agents: StageAgent[] = [];
  for (let index = 0; index < AGENTS; index += 1)
    agents.push(await makeAgent(belay.url, key, `clerk ${index + 1}`));
  return {
    belay,
    key,
    agents,
    ask: (agent, call) => ask(pool, agent, call),
    close: async () => {
      await pool.close();
      await belay.stop();
    },
  };
}

/** Fills the queue with calls of low risk, no two of which are alike, from the `from`-th to before the `count`-th. */
export async function fill(
  { agents, ask: askFor }: Stage,
  from: number,
  count: number,
): Promise<void> {
  let next = from;
  const lane = async () => {
    for (let index = next++; index < count; index = next++) {
      const agent = agents[index % agents.length];
      if (agent === undefined) throw new Error('the stage has no agents');
      const values = { note: `Customer called about matter ${words(index)}` };
      await askFor(agent, { tool: 'bench.note', target: `C-${10_000 + index}`, values });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

const WORDS = [
  'amber',
  'birch',
  'cedar',
  'delta',
  'ember',
  'flint',
  'grove',
  'haven',
  'iris',
  'juniper',
];

/** A number as words, so that texts differ as texts do. */
export const words = (index: number): string =>
  [...String(index)].map((digit) => WORDS[Number(digit)]).join(' ');

async function post<Answer>(
  url: string,
  key: string,
  path: string,
  body: unknown,
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

async function makeAgent(url: string, key: string, name: string): Promise<StageAgent> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const { id } = await post<{ id: string }>(url, key, '/api/v1/agents', {
    name,
    version: '1',
    owner: 'the bench',
    purpose: 'Asks for things',
    publicKey: await exportJWK(pair.publicKey),
    pact: { tools: ['*'] },
  });
  const until = new Date(Date.now() + DAY_MS).toISOString();
  await post(url, key, `/api/v1/agents/${id}/overrides`, { rung: 3, until, reason: 'bench' });
  const privateKey: JWK = await exportJWK(pair.privateKey);
  const token = new AgentToken({ agentId: id, privateKey, url });
  // Nobody's first request waits for it.
  await token.current();
  return { id, name, token };
}

async function ask(pool: Pool, agent: StageAgent, call: Call): Promise<string> {
  const response = await pool.request({
    method: 'POST',
    path: '/access/v1/evaluation',
    headers: {
      authorization: `Bearer ${await agent.token.current()}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      subject: { type: 'agent', id: agent.id },
      action: {
        name: call.tool,
        properties: { arguments: { customer: call.target, ...call.values } },
      },
      resource: { type: 'customer', id: call.target },
    }),
  });
  const answer = (await response.body.json()) as { context?: { approval?: { id: string } } };
  const id = answer.context?.approval?.id;
  if (id === undefined)
    throw new Error(`nothing waits: ${response.statusCode} ${JSON.stringify(answer)}`);
  return id;
}
