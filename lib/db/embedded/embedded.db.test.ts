import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseUnavailable } from '../errors';
import { createPool, withTransaction } from '../pool';
import { end, hold, holdReady, processesWith, until, type Holder } from '../testing/holder';
import { writeConnection, newConnection } from './connection';

let home: string;
let dataDir: string;
let holders: Holder[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'belay-embedded-'));
  dataDir = join(home, 'postgres');
});

afterEach(async () => {
  for (const holder of holders) await end(holder, 'SIGTERM');
  holders = [];
  await until('PostgreSQL ends with its supervisor', () => postmasters().length === 0);
  rmSync(home, { recursive: true, force: true });
});

const postmasters = () => processesWith('\0-D\0', dataDir);
const guardians = () => processesWith('guardian.mjs', dataDir);

async function start() {
  const holder = await holdReady(home);
  holders.push(holder);
  return holder;
}

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

const writeRow = (url: string) =>
  query(url, 'CREATE TABLE IF NOT EXISTS kept (n int); INSERT INTO kept VALUES (1)');
const countRows = async (url: string) => (await query(url, 'SELECT n FROM kept')).length;

describe('the embedded PostgreSQL', () => {
  it('listens on this machine only, wants its password, and keeps its files private', async () => {
    const { url } = await start();
    const wrong = Object.assign(new URL(url), { password: 'wrong' }).href;
    await expect(query(wrong, 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect(await query(url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await query(url, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
    expect(statSync(join(home, 'postgres.json')).mode & 0o777).toBe(0o600);
    expect(statSync(dataDir).mode & 0o077).toBe(0);
  });

  it('stops with its supervisor and comes back on the same address with the same data', async () => {
    const first = await start();
    await writeRow(first.url);
    await end(first, 'SIGTERM');
    expect(postmasters()).toEqual([]);
    await until('the guardian ends too', () => guardians().length === 0);
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await countRows(second.url)).toBe(1);
  });

  it('is stopped by the guardian when the supervisor is killed', async () => {
    const first = await start();
    await writeRow(first.url);
    await end(first, 'SIGKILL');
    await until('the guardian stops PostgreSQL', () => postmasters().length === 0);
    expect(await countRows((await start()).url)).toBe(1);
  });

  it('is taken over when supervisor and guardian were killed', async () => {
    const first = await start();
    await writeRow(first.url);
    for (const pid of guardians()) process.kill(pid, 'SIGSTOP');
    await end(first, 'SIGKILL');
    for (const pid of guardians()) process.kill(pid, 'SIGKILL');
    expect(postmasters()).toEqual([first.postgres]);
    const second = await start();
    expect(second.notices).toContain(
      'Stopped the PostgreSQL that an earlier Belay had left running.',
    );
    expect(postmasters()).toEqual([second.postgres]);
    expect(await countRows(second.url)).toBe(1);
  });

  it('recovers when everything was killed at once', async () => {
    const first = await start();
    await writeRow(first.url);
    process.kill(first.postgres, 'SIGSTOP');
    for (const pid of guardians()) process.kill(pid, 'SIGKILL');
    const ended = end(first, 'SIGKILL');
    process.kill(first.postgres, 'SIGKILL');
    await ended;
    expect(await countRows((await start()).url)).toBe(1);
  });

  it('has another guardian when the guardian is killed', async () => {
    const first = await start();
    const before = guardians();
    for (const pid of before) process.kill(pid, 'SIGKILL');
    await until('there is a new guardian', () => guardians().some((pid) => !before.includes(pid)));
    await sleep(300);
    await end(first, 'SIGKILL');
    await until('the new guardian stops PostgreSQL', () => postmasters().length === 0);
  });

  it('does not take another process with the number in postmaster.pid for its own', async () => {
    const first = await start();
    await writeRow(first.url);
    const pidFile = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8');
    await end(first, 'SIGTERM');
    writeFileSync(join(dataDir, 'postmaster.pid'), pidFile.replace(/^\d+/, String(process.pid)));
    expect(await countRows((await start()).url)).toBe(1);
  });

  it('starts over where an earlier start was killed while it made the data directory', async () => {
    writeConnection(home, newConnection(25_000));
    mkdirSync(`${dataDir}.new`);
    writeFileSync(join(`${dataDir}.new`, 'half'), '');
    await writeRow((await start()).url);
  });
});

describe('a home', () => {
  it('belongs to one Belay: a second is refused with the process that has it', async () => {
    const first = await start();
    const second = await hold(home);
    expect(second.outcome).toMatchObject({
      type: 'refused',
      sentence: expect.stringContaining(
        `Belay is already running on ${home} (process ${first.process.pid}`,
      ) as string,
    });
    expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('goes to exactly one of several that start at the same moment', async () => {
    const started = await Promise.all([hold(home), hold(home), hold(home)]);
    holders.push(...started);
    const outcomes = started.map((holder) => holder.outcome.type).sort();
    expect(outcomes).toEqual(['ready', 'refused', 'refused']);
  });

  it('is free when its lock names a number that another process has now', async () => {
    const stale = { pid: process.pid, identity: 'an/earlier/life', since: 'long ago' };
    writeFileSync(join(home, 'lock'), JSON.stringify(stale));
    await start();
  });
});

describe('PostgreSQL killed while Belay runs', () => {
  it('is started again on the same port, and nothing acknowledged is lost', async () => {
    const holder = await start();
    const pool = createPool(holder.url);
    await withTransaction((sql) => sql('CREATE TABLE written (n int)'), pool);
    const acknowledged: number[] = [];
    const failures: unknown[] = [];
    let writing = true;
    const writer = (async () => {
      for (let n = 1; writing; n += 1) {
        try {
          await withTransaction((sql) => sql('INSERT INTO written VALUES ($1)', [n]), pool);
          acknowledged.push(n);
        } catch (error) {
          failures.push(error);
          await sleep(20);
        }
      }
    })();
    await until('some rows are written', () => acknowledged.length > 20);
    process.kill(holder.postgres, 'SIGKILL');
    await until('it fails meanwhile', () => failures.length > 0);
    const before = acknowledged.length;
    await until('it works again', () => acknowledged.length > before + 20, 25_000);
    writing = false;
    await writer;
    const rows = await withTransaction((sql) => sql<{ n: number }>('SELECT n FROM written'), pool);
    await pool.end();
    const stored = new Set(rows.map((row) => row.n));
    expect(acknowledged.filter((n) => !stored.has(n))).toEqual([]);
    expect(failures.filter((error) => !(error instanceof DatabaseUnavailable))).toEqual([]);
    // The notice is sent by another process: rows may flow again before it has arrived.
    await until('it says so', () => holder.notices.length >= 2);
    expect(holder.notices).toEqual([
      'PostgreSQL stopped unexpectedly; starting it again.',
      'PostgreSQL is back; nothing acknowledged was lost.',
    ]);
  }, 60_000);
});
