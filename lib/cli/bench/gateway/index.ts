/**
 * What the gateway adds to an allowed call, compared with the same server without it, and how much of that is Belay's own answer: all
 * three in turns.
 */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { generateKeyPairSync } from 'node:crypto';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { childEnvironment } from '@/lib/env';
import { launchBelay, launchPlane, runBelay } from '../../launch';
import { inTurns, type LoadResult } from '../load';

const SECONDS = 30;
/** Slower than any model: what Belay hears after a call is not in the way of the next one. */
const PER_SECOND = 5;
const WARM_UP = 50;
const TOOL = 'read_text_file';
const DAY_MS = 86_400_000;
const FILES = join(
  dirname(
    createRequire(import.meta.url).resolve('@modelcontextprotocol/server-filesystem/package.json'),
  ),
  'dist/index.js',
);

/** Prints them, and the difference: five calls of each a second, over standard input and output. */
export async function benchGateway(): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'belay-bench-')));
  writeFileSync(join(folder, 'note.txt'), 'A note of ordinary length, for the bench.\n');
  const belay = await launchBelay();
  const plane = await launchPlane(belay);
  try {
    const key = await runBelay(belay.home, ['key', 'create', '--name', 'g', '--role', 'gateway']);
    const admin = await runBelay(belay.home, ['key', 'create', '--name', 'a', '--role', 'admin']);
    const agent = await makeAgent(belay.url, admin);
    const config = join(folder, 'gateway.json');
    const server = { command: process.execPath, args: [FILES, folder] };
    writeFileSync(
      config,
      JSON.stringify({
        belay: { url: plane.url, key: { env: 'BELAY_KEY' } },
        serve: { stdio: { agent } },
        upstreams: { files: server },
      }),
    );
    const direct = await connect(server.command, server.args);
    const args = ['--import', 'tsx', 'lib/cli/main.ts', 'gateway', '--config', config];
    const through = await connect(process.execPath, args, { BELAY_KEY: key });
    await confirm(belay.url, admin, through);
    const path = join(folder, 'note.txt');
    const answer = () => decide(plane.url, key, agent, path);
    await measure(
      () => callOf(direct, TOOL, path),
      answer,
      () => callOf(through, `files.${TOOL}`, path),
    );
    await direct.close();
    await through.close();
  } finally {
    await plane.stop();
    await belay.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function connect(
  command: string,
  args: string[],
  changes: Record<string, string> = {},
): Promise<Client> {
  const env = Object.fromEntries(
    Object.entries(childEnvironment(changes)).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  );
  const client = new Client({ name: 'bench', version: '1' });
  await client.connect(new StdioClientTransport({ command, args, env, stderr: 'ignore' }));
  return client;
}

async function callOf(client: Client, name: string, path: string): Promise<void> {
  const result = await client.callTool({ name, arguments: { path } });
  if (result.isError === true) throw new Error(JSON.stringify(result.content));
}

/** The question that the gateway asks before an allowed call runs. */
async function decide(url: string, key: string, agent: string, path: string): Promise<void> {
  const { decision } = await ask<{ decision: boolean }>(url, key, '/access/v1/evaluation', {
    subject: { type: 'agent', id: agent },
    action: { name: `files.${TOOL}`, properties: { arguments: { path } } },
    resource: { type: 'mcp', id: 'files' },
    context: { session: 'bench', redeem: true },
  });
  if (!decision) throw new Error('The bench is not allowed to read.');
}

type Call = () => Promise<void>;

async function measure(direct: Call, belay: Call, gateway: Call): Promise<void> {
  const calls = { direct, belay, gateway };
  for (let index = 0; index < WARM_UP; index += 1)
    for (const call of Object.values(calls)) await call();
  const before = loadavg()[0] ?? 0;
  const results = await inTurns({ seconds: SECONDS, perSecond: PER_SECOND }, calls);
  const [alone, answer, behind] = [...results.values()];
  if (alone === undefined || answer === undefined || behind === undefined) return;
  const ms = (value: number) => value.toFixed(1).padStart(8);
  const row = (what: string, { p50, p99, calls: count }: LoadResult) =>
    console.log(`${what.padEnd(34)}${ms(p50)}${ms(p99)}  (${count} calls)`);
  console.log(`${''.padEnd(34)}  p50 ms  p99 ms`);
  row('the server itself', alone);
  row('through the gateway', behind);
  const added = [behind.p50 - alone.p50, behind.p99 - alone.p99].map(ms).join('');
  console.log(`${'added'.padEnd(34)}${added}  (aims: 5 and 20)`);
  row("Belay's answer, without a gateway", answer);
  console.log(
    `load of the machine: ${before.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after`,
  );
}

async function ask<Answer>(
  url: string,
  key: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** An agent that somebody vouches for, so that a read is allowed. */
async function makeAgent(url: string, key: string): Promise<string> {
  const { id } = await ask<{ id: string }>(url, key, '/api/v1/agents', {
    name: 'bench',
    version: '1',
    owner: 'bench',
    purpose: 'Reads a file again and again.',
    publicKey: generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }),
    pact: { tools: ['*'] },
  });
  await ask(url, key, `/api/v1/agents/${id}/overrides`, {
    rung: 4,
    until: new Date(Date.now() + DAY_MS).toISOString(),
    reason: 'For the bench',
  });
  return id;
}

/** Confirms the tool once the gateway has brought it, and waits until the gateway knows. */
async function confirm(url: string, key: string, client: Client): Promise<void> {
  interface Import {
    readonly name: string;
    readonly seen: { readonly digest: string };
  }
  const name = `files.${TOOL}`;
  for (;;) {
    const { items } = await ask<{ items: Import[] }>(url, key, '/api/v1/tool-imports');
    const found = items.find((item) => item.name === name);
    if (found !== undefined) {
      const facts = { sideEffect: 'none', reversible: true, egress: false, dataClass: 'internal' };
      const digest = found.seen.digest;
      await ask(url, key, '/api/v1/tool-imports/confirm', { name, digest, risk: 'low', ...facts });
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  while (!(await client.listTools()).tools.some((tool) => tool.name === name))
    await new Promise((resolve) => setTimeout(resolve, 100));
}
