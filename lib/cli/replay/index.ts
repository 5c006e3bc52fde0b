/** `belay replay`: recorded sessions through the public HTTP API, as fast as the server takes them. */
import { writeFileSync } from 'node:fs';
import { exportJWK, generateKeyPair } from 'jose';
import { AgentClient } from '@/lib/client/agent-client';
import { ApiError } from '@/lib/client/api-error';
import { publicJwkSchema } from '@/lib/contracts';
import { toolInputs } from './catalogue';
import { ConsoleApi } from './console-api';
import { playSession, type Played, type Stage } from './play-session';
import { readCatalogue, readResults, readSessions, type RecordedSession } from './recorded';
import { summarise, tableOf } from './tally';

export interface ReplayOptions {
  readonly url: string;
  readonly key: string;
  readonly reviewer: 'oracle' | 'none';
  readonly json?: string;
  /** JSON lines for the scorer of the data set. */
  readonly decisions?: string;
  /** The rung each agent is vouched up to; 0 leaves it where a new agent stands. */
  readonly rung: number;
  readonly concurrency: number;
  /** One agent a session, or one for all sessions of an `agent_id`. */
  readonly agents: 'session' | 'shared';
}

/** @returns whether no call ended in a server error */
export async function replay(files: readonly string[], options: ReplayOptions): Promise<boolean> {
  const api = new ConsoleApi(options.url.replace(/\/$/, ''), options.key);
  for (const tool of toolInputs(readCatalogue(files))) await api.putTool(tool);
  const results = await readResults(files);
  const cast = new Cast(api, options);
  const played: Played[] = [];
  const failures: unknown[] = [];
  let sessions = 0;
  const started = performance.now();
  await inParallel(readSessions(files), options.concurrency, async (session) => {
    sessions += 1;
    try {
      const stage: Stage = {
        agent: await cast.agentFor(session),
        console: api,
        reviewer: options.reviewer,
        results,
      };
      played.push(...(await playSession(stage, session)));
    } catch (error) {
      failures.push(error);
      process.stderr.write(`${session.session_id}: ${(error as Error).message}\n`);
    }
  });
  const seconds = (performance.now() - started) / 1000;
  const serverErrors = failures.filter(
    (error) => !(error instanceof ApiError) || error.status === 0 || error.status >= 500,
  ).length;
  const summary = summarise(played, { sessions, seconds, serverErrors });
  process.stdout.write(`${tableOf(summary)}\n`);
  if (failures.length > 0)
    process.stdout.write(`${failures.length} sessions ended early; each is named above.\n`);
  if (options.json !== undefined)
    writeFileSync(
      options.json,
      JSON.stringify({ summary, decisions: played.map(record) }, null, 1),
    );
  if (options.decisions !== undefined)
    writeFileSync(options.decisions, played.map(scorerLine).join(''));
  return failures.length === 0;
}

const record = ({ step, ...item }: Played) => ({ ...item, i: step.i, tool: step.tool });

const SCORED = {
  allow: 'allow',
  require_approval: 'review',
  suggest: 'deny',
  deny: 'deny',
} as const;
const scorerLine = (item: Played) =>
  `${JSON.stringify({ session_id: item.sessionId, i: item.step.i, decision: SCORED[item.outcome], alert: item.alert })}\n`;

/** Registers the agents of the recording, each with a key pair of its own. */
class Cast {
  readonly #known = new Map<string, Promise<AgentClient>>();

  constructor(
    private readonly api: ConsoleApi,
    private readonly options: ReplayOptions,
  ) {}

  agentFor(session: RecordedSession): Promise<AgentClient> {
    const name =
      this.options.agents === 'shared'
        ? session.agent_id
        : `${session.agent_id} ${session.session_id}`;
    const known = this.#known.get(name) ?? this.#register(name, session);
    if (this.options.agents === 'shared') this.#known.set(name, known);
    return known;
  }

  async #register(name: string, session: RecordedSession): Promise<AgentClient> {
    const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const id = await this.api.registerAgent({
      name: name.slice(0, 120),
      version: '1',
      owner: 'replay',
      purpose: `Recorded ${session.suite} sessions of ${session.source}`,
      publicKey: publicJwkSchema.parse(await exportJWK(pair.publicKey)),
      pact: { tools: ['*'] },
      tags: ['replay'],
    });
    if (this.options.rung > 0) await this.api.pinRung(id, this.options.rung);
    return new AgentClient({
      url: this.options.url.replace(/\/$/, ''),
      agentId: id,
      privateKey: await exportJWK(pair.privateKey),
    });
  }
}

/** Runs the work on each item, at most `width` at a time, in the order they come. */
async function inParallel<T>(
  items: AsyncIterable<T>,
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  const lane = async () => {
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      await work(next.value);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
}
