import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import pg from 'pg';
import { DatabaseUnavailable, isDatabaseUnavailable } from './errors';
import type { Sql, SqlValue } from './sql';
import { databaseUrl } from './url';

const INT8 = 20;
const INT8_ARRAY = 1016;
type Parse = (value: string) => unknown;

/** 64-bit integers as numbers: our largest ones are sequences and milliseconds, below 2^53. */
function parserOf(oid: number, format: 'text' | 'binary' = 'text'): Parse {
  const standard = pg.types.getTypeParser as (oid: number, format: string) => Parse;
  const parse = standard(oid, format);
  if (oid === INT8) return Number;
  if (oid !== INT8_ARRAY) return parse;
  const numberOrNull = (item: string | null) => (item === null ? null : Number(item));
  return (value) => (parse(value) as (string | null)[]).map(numberOrNull);
}

/** The pool settings every process uses, for one database. */
function poolConfig(connectionString: string): pg.PoolConfig {
  return {
    connectionString,
    max: 12,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
    application_name: 'belay',
    // Statements that are given together travel together: one round trip, answered in order.
    pipeline: true,
    types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
  };
}

/**
 * A pool that survives the loss of its connections: the statement on a broken one fails, and the
 * next gets a new one. Without these listeners Node would end the process, also when the loss comes
 * between two statements of a transaction.
 */
export function createPool(connectionString: string): pg.Pool {
  const created = new pg.Pool(poolConfig(connectionString));
  created.on('error', () => undefined);
  created.on('connect', (client) => client.on('error', () => undefined));
  return created;
}

// Next loads this module more than once (routes, instrumentation); the pool must stay one.
const shared = globalThis as typeof globalThis & {
  belayPool?: pg.Pool | undefined;
  belayJoined?: AsyncLocalStorage<Sql>;
};

/** The pool of this process, opened on first use. */
export function pool(): pg.Pool {
  shared.belayPool ??= createPool(databaseUrl());
  return shared.belayPool;
}

/** Closes the pool; the next use opens a new one. */
export async function closePool(): Promise<void> {
  const open = shared.belayPool;
  shared.belayPool = undefined;
  await open?.end();
}

const names = new Map<string, string>();

/** Statements with values are prepared once a connection, under a name made from their text. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= 500) return undefined;
  const name = `b_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
  names.set(text, name);
  return name;
}

/** The `Sql` port over a plain connection or pool. */
function sqlOf(client: Pick<pg.ClientBase, 'query'>): Sql {
  return async <Row>(text: string, values?: readonly SqlValue[]) => {
    try {
      const name = values === undefined ? undefined : nameOf(text);
      const result = await client.query({
        text,
        ...(name === undefined ? {} : { name }),
        ...(values === undefined ? {} : { values: [...values] }),
      });
      return result.rows as Row[];
    } catch (error) {
      throw isDatabaseUnavailable(error) ? new DatabaseUnavailable(error) : error;
    }
  };
}

/** Set while `asOneTransaction` runs; nobody else pays for it. One a process, like the pool: work must not slip out of it. */
const joined = (shared.belayJoined ??= new AsyncLocalStorage<Sql>());

/** One statement outside a transaction. */
export const sql: Sql = (text, values) => (joined.getStore() ?? sqlOf(pool()))(text, values);

/**
 * Runs `work` in one transaction on one connection: commits when it resolves, rolls back when it
 * throws. Retries nothing.
 *
 * @throws DatabaseUnavailable when the connection was lost; the transaction may then have been
 *   committed only if the loss came during COMMIT
 */
export async function withTransaction<T>(
  work: (sql: Sql) => Promise<T>,
  from?: pg.Pool,
): Promise<T> {
  const outer = from === undefined ? joined.getStore() : undefined;
  return outer === undefined ? runTransaction(work, from ?? pool()) : work(outer);
}

/**
 * Runs `work` so that every `sql` and `withTransaction` within it belongs to one transaction: all of a long piece of work is
 * there afterwards, or nothing. `work` must not hand anything to the committer, which has transactions of its own.
 *
 * @throws what `withTransaction` throws
 */
export function asOneTransaction<T>(work: () => Promise<T>): Promise<T> {
  // Within another one it is a part of that: a transaction beside it could wait for it forever.
  if (joined.getStore() !== undefined) return work();
  return runTransaction((run) => joined.run(run, work), pool());
}

async function runTransaction<T>(work: (sql: Sql) => Promise<T>, from: pg.Pool): Promise<T> {
  const client = await connect(from);
  const run = sqlOf(client);
  let broken = false;
  let ended = false;
  // Work that failed in one place may go on in another; what it sends then must reach neither this transaction nor the next one.
  const within: Sql = (text, values) =>
    ended ? Promise.reject(new Error('the transaction has ended')) : run(text, values);
  try {
    await run('BEGIN');
    const result = await work(within);
    ended = true;
    await run('COMMIT');
    return result;
  } catch (error) {
    ended = true;
    broken = isDatabaseUnavailable(error) || !(await rollback(run));
    throw error;
  } finally {
    client.release(broken);
  }
}

async function connect(from: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await from.connect();
  } catch (error) {
    throw isDatabaseUnavailable(error) ? new DatabaseUnavailable(error) : error;
  }
}

async function rollback(run: Sql): Promise<boolean> {
  try {
    await run('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}
