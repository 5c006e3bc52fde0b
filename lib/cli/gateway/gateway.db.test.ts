import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { childEnvironment } from '@/lib/env';
import { sql } from '@/lib/db';
import { Desk, textOf, until } from '@/lib/gateway/testing/desk';
import { startProxy } from '@/lib/gateway/testing/proxy';

/** The public MCP server for files, as anybody installs it. */
const FILES = join(
  dirname(
    createRequire(import.meta.url).resolve('@modelcontextprotocol/server-filesystem/package.json'),
  ),
  'dist/index.js',
);

let desk: Desk;
let folder: string;
let ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  desk = await Desk.open();
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'belay-files-')));
});
afterEach(async () => {
  for (const end of ends) await end();
  ends = [];
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A desktop program that starts the gateway as its only MCP server. */
async function start(
  agent: string,
  upstreams: Record<string, unknown>,
  changes: Record<string, unknown> = {},
): Promise<{ client: Client; pid: number }> {
  const path = join(desk.folder, 'gateway.json');
  const config = {
    belay: { url: desk.url, key: { env: 'BELAY_KEY' } },
    serve: { stdio: { agent } },
    tools: { recheckSeconds: 0 },
    state: join(desk.folder, 'state'),
    upstreams,
    ...changes,
  };
  writeFileSync(path, JSON.stringify(config));
  const variables = Object.entries(childEnvironment({ BELAY_KEY: desk.key })).flatMap(
    ([name, value]) => (value === undefined ? [] : [[name, value] as const]),
  );
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['--import', 'tsx', 'lib/cli/main.ts', 'gateway', '--config', path],
    env: Object.fromEntries(variables),
    stderr: 'ignore',
  });
  const client = new Client({ name: 'desktop', version: '1' });
  await client.connect(transport);
  ends.push(() => client.close());
  return { client, pid: transport.pid ?? 0 };
}

const files = () => ({ files: { command: process.execPath, args: [FILES, folder] } });

const offered = (client: Client, name: string) =>
  until(async () => (await client.listTools()).tools.find((tool) => tool.name === name));

const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('belay gateway before the public server for files', () => {
  it('lets a read pass, holds a write until a person approves, and offers what was confirmed', async () => {
    writeFileSync(join(folder, 'note.txt'), 'Call Ada back.');
    const { client } = await start(desk.asking, files());
    const unknown = await offered(client, 'files.read_text_file');
    expect(unknown.description).toContain('Nobody has confirmed this tool yet');
    expect(JSON.stringify(unknown.inputSchema)).not.toContain('description');
    await desk.confirm('files.read_text_file', { untrustedOutput: true });
    await desk.confirm('files.write_file', { sideEffect: 'write', risk: 'medium' });
    await until(async () =>
      (await client.listTools()).tools.some(({ description }) =>
        description?.includes('Read the complete contents'),
      ),
    );
    const read = await client.callTool({
      name: 'files.read_text_file',
      arguments: { path: join(folder, 'note.txt') },
    });
    expect(textOf(read)).toBe('Call Ada back.');
    const path = join(folder, 'answer.txt');
    const write = client.callTool({
      name: 'files.write_file',
      arguments: { path, content: 'Done.' },
    });
    await desk.waiting('files.write_file');
    expect(() => readFileSync(path)).toThrow();
    await desk.approve('files.write_file');
    expect((await write).isError).toBeUndefined();
    expect(readFileSync(path, 'utf8')).toBe('Done.');
  });
});

const odd = () => {
  const { upstreams } = desk.config(desk.trusted);
  const { command, args, env } = upstreams['odd'] ?? {};
  return { odd: { command, args, env } };
};

describe('what a call has read', () => {
  it('comes to Belay by the next gateway when the first was killed before it could tell, and before the next call of the session', async () => {
    const proxy = await startProxy(desk.url);
    ends.push(() => Promise.resolve(proxy.close()));
    const OUTCOME = 'POST /api/v1/decisions/:id/outcome';
    proxy.away.add(OUTCOME);
    const belay = { belay: { url: proxy.url, key: { env: 'BELAY_KEY' } } };
    const first = await start(desk.trusted, odd(), belay);
    await offered(first.client, 'odd.echo');
    await desk.confirm('odd.echo', { untrustedOutput: true });
    const call = (client: Client, say: string) =>
      client.callTool({
        name: 'odd.echo',
        arguments: { say },
        _meta: { 'belay/session': 'a task of mine' },
      });
    const ran = await until(async () => {
      const result = await call(first.client, 'first');
      return result.isError === true ? undefined : result;
    });
    expect(textOf(ran)).toContain('first');
    process.kill(first.pid, 'SIGKILL');
    await until(() => Promise.resolve(!runs(first.pid)));

    const second = await start(desk.trusted, odd(), belay);
    await offered(second.client, 'odd.echo');
    expect((await call(second.client, 'too early')).isError).toBe(true);
    expect(desk.log).not.toContain('too early');
    proxy.away.delete(OUTCOME);
    await until(async () => (await call(second.client, 'second')).isError !== true);
    const reads = () =>
      sql<{ text: string; session_id: string }>(
        'SELECT text, session_id FROM session_reads WHERE workspace_id = $1 ORDER BY created_at',
        [desk.workspace.id],
      );
    const found = await until(async () => {
      const rows = (await reads()).filter(({ text }) => /first|second/.test(text));
      return rows.length === 2 ? rows : undefined;
    });
    expect(new Set(found.map(({ session_id: id }) => id)).size).toBe(1);
  });
});

describe('the end of a gateway', () => {
  /** The servers that were started, with those that only were asked which protocol they speak. */
  const pids = () => [...desk.log.matchAll(/^pid (\d+)$/gm)].map(([, pid]) => Number(pid));

  it.each([
    ['told to end', 'SIGTERM'],
    ['interrupted', 'SIGINT'],
    ['killed', 'SIGKILL'],
  ] as const)('that is %s leaves none of its servers', async (_, signal) => {
    const { client, pid } = await start(desk.trusted, odd());
    await offered(client, 'odd.echo');
    const started = pids();
    expect(started.some(runs)).toBe(true);
    process.kill(pid, signal);
    await until(() => Promise.resolve(!started.some(runs)));
    await until(() => Promise.resolve(!runs(pid)));
  });

  it('whose client has gone leaves none of its servers', async () => {
    const { client, pid } = await start(desk.trusted, odd());
    await offered(client, 'odd.echo');
    const started = pids();
    await client.close();
    await until(() => Promise.resolve(!started.some(runs) && !runs(pid)));
  });
});
