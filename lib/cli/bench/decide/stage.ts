/** What decisions are measured on: a Belay of its own, with real agents that have real keys and tokens. */
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { AgentToken } from '@/lib/client/agent/index';
import { launchBelay, runBelay, type RunningBelay } from '../../launch';

export interface BenchAgent {
  readonly id: string;
  readonly privateKey: JWK;
  readonly token: AgentToken;
}

export interface DecideStage {
  readonly belay: RunningBelay;
  readonly agents: readonly BenchAgent[];
  /** An admin's. */
  readonly key: string;
}

const PATIENCE = 16;

/** @param count how many agents ask */
export async function setStage(count: number): Promise<DecideStage> {
  const belay = await launchBelay({ variables: { BELAY_DEMO: '0' } });
  const key = await runBelay(belay.home, ['key', 'create', '--name', 'bench', '--role', 'admin']);
  await putTools(belay.url, key);
  const agents: BenchAgent[] = [];
  while (agents.length < count)
    agents.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(PATIENCE, count - agents.length) }, (_, index) =>
          makeAgent(belay.url, key, agents.length + index),
        ),
      )),
    );
  return { belay, agents, key };
}

/** Calls the console's API. @throws Error with what it answered, unless it did what it was told */
export async function call(
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
  const secret = { ...facts, dataClass: 'confidential' };
  await call(url, key, '/api/v1/tools', { name: 'bench.secret', sideEffect: 'none', ...secret });
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
  await pin(url, key, id);
  const privateKey: JWK = await exportJWK(pair.privateKey);
  return { id, privateKey, token: new AgentToken({ agentId: id, privateKey, url }) };
}

/** A manager's pin: what the agent asks for runs without a person. A kill switch ends it. */
async function pin(url: string, key: string, id: string): Promise<void> {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await call(url, key, `/api/v1/agents/${id}/overrides`, { rung: 4, until, reason: 'bench' });
}

/** Pins them again, after a kill switch. */
export async function pinAll(
  { belay, key }: DecideStage,
  agents: readonly BenchAgent[],
): Promise<void> {
  for (let from = 0; from < agents.length; from += PATIENCE)
    await Promise.all(agents.slice(from, from + PATIENCE).map(({ id }) => pin(belay.url, key, id)));
}
