/** One crash in the middle of traffic, and what was left of what had been acknowledged. */
import { launchBelay, runBelay, type RunningBelay } from '@/lib/cli/launch';
import { ConsoleApi } from '@/lib/cli/replay/console-api';
import { AgentClient } from '@/lib/client/agent/index';
import { exportJWK, generateKeyPair } from 'jose';
import type { PublicJwk, ToolInput } from '@/lib/contracts';
import { killAndWait, verified, type Part } from './death';
import { lostOf } from './survivors';
import { Traffic } from './traffic';

/** Acknowledged before the kill, and again after it. */
const ANSWERS = 150;

export interface CrashScene {
  readonly belay: RunningBelay;
  readonly agents: readonly AgentClient[];
  readonly reviewer: ConsoleApi;
}

export interface CrashResult {
  readonly acknowledged: number;
  readonly unanswered: number;
  /** What was acknowledged and is gone; must be empty. */
  readonly lost: readonly string[];
  /** What `belay verify` said about the workspace. */
  readonly ledger: string;
  /** From the kill to the next answer. */
  readonly awayMs: number;
}

/** A Belay of its own, with agents whose writes need a verdict. */
export async function crashScene(agentCount: number): Promise<CrashScene> {
  const belay = await launchBelay();
  const key = await runBelay(belay.home, ['key', 'create', '--name', 'crash', '--role', 'admin']);
  const api = new ConsoleApi(belay.url, key);
  for (const name of ['crash.read', 'crash.write']) await api.putTool(toolOf(name));
  const agents = await Promise.all(
    Array.from({ length: agentCount }, (_, index) => makeAgent(belay.url, api, index)),
  );
  return { belay, agents, reviewer: api };
}

/** Kills a part while answers are on their way, and waits until it answers again. */
export async function crash(
  scene: CrashScene,
  part: Part,
): Promise<{ scene: CrashScene; result: CrashResult }> {
  const traffic = new Traffic(scene.agents, scene.reviewer);
  const { acknowledged } = traffic;
  try {
    await acknowledged.more(ANSWERS);
    const callers = scene.agents.length;
    const { belay, awayMs } = await killAndWait(scene.belay, part, acknowledged, callers);
    await acknowledged.more(ANSWERS);
    await traffic.stop();
    const lost = await lostOf(belay.databaseUrl, acknowledged.soFar());
    const ledger = await verified(belay);
    const { unanswered } = traffic;
    return {
      scene: { ...scene, belay },
      result: { acknowledged: acknowledged.count, unanswered, lost, ledger, awayMs },
    };
  } finally {
    await traffic.stop();
  }
}

const toolOf = (name: string): ToolInput => ({
  name,
  sideEffect: name.endsWith('write') ? 'write' : 'none',
  reversible: true,
  egress: false,
  dataClass: 'internal',
  untrustedOutput: false,
  risk: 'low',
  tags: [],
});

async function makeAgent(url: string, api: ConsoleApi, index: number): Promise<AgentClient> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const agentId = await api.registerAgent({
    name: `crash-${index}`,
    version: '1.0.0',
    owner: 'crash@belay.local',
    purpose: 'Asks while things break.',
    publicKey: (await exportJWK(pair.publicKey)) as PublicJwk,
    pact: { tools: ['*'] },
    tags: [],
  });
  await api.pinRung(agentId, 3);
  const privateKey = await exportJWK(pair.privateKey);
  return new AgentClient({ url, agentId, privateKey, timeoutMs: 5_000 });
}
