import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import pg from 'pg';
import { DatabaseUnavailable, isDatabaseUnavailable } from './errors';
import { send, type Sql, type SqlValue, type Statement } from './sql';
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

const { prepareValue } = (
  pg as typeof pg & { utils: { prepareValue: (value: SqlValue) => string | Buffer | null } }
).utils;

/**
 * Values as they travel. The client writes them behind the statement's text only: what cannot be written would leave the rest of a
 * transaction, with its COMMIT, on the way, and a statement that the client takes for prepared.
 *
 * @throws what a value cannot be written for
 */
const written = (values: readonly SqlValue[]) => values.map((value) => prepareValue(value));

/** The `Sql` port over a plain connection or pool. */
function sqlOf(client: Pick<pg.ClientBase, 'query'>): Sql {
  return async <Row>(text: string, values?: readonly SqlValue[]) => {
    try {
      const name = values === undefined ? undefined : nameOf(text);
      const result = await client.query({
        text,
        ...(name === undefined ? {} : { name }),
        ...(values === undefined ? {} : { values: written(values) }),
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

/** What a transaction comes to, and the statements that are its last. */
export interface Closing<T> {
  readonly result: T;
  readonly closing: readonly Statement[];
}

/**
 * The same as `withTransaction`, for work whose last statements are known before any of them is sent: they and the COMMIT behind them
 * travel together. When one of them fails, PostgreSQL takes the COMMIT for a rollback.
 *
 * @param options.plannedOnce for work that PostgreSQL is not to plan for the values at hand
 * @throws what a statement failed with; DatabaseUnavailable when the connection was lost, and the transaction may then have been
 *   committed if its last statements were on their way
 */
export async function withClosing<T>(
  work: (sql: Sql) => Promise<Closing<T>>,
  { plannedOnce = false }: { readonly plannedOnce?: boolean } = {},
): Promise<T> {
  const outer = joined.getStore();
  if (outer === undefined) return runToClosing(work, pool(), plannedOnce ? BEGIN_GENERIC : BEGIN);
  const { result, closing } = await work(outer);
  await send(outer, closing);
  return result;
}

/**
 * Whatever the database's default is: each statement has to see what was committed while the one before waited for its lock. With one
 * snapshot for all of them, taken before the wait, a decision would pass the kill switch that it waited for.
 */
const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED';

/**
 * A batch of decisions finds its rows by their keys, whatever the values are, and there is nothing to gain from planning for them each
 * time: left to itself, PostgreSQL planned the two largest statements anew for every batch.
 */
const BEGIN_GENERIC = `${BEGIN}; SET LOCAL plan_cache_mode = force_generic_plan`;

const runTransaction = <T>(work: (sql: Sql) => Promise<T>, from: pg.Pool): Promise<T> =>
  runToClosing(async (run) => ({ result: await work(run), closing: [] }), from);

async function runToClosing<T>(
  work: (sql: Sql) => Promise<Closing<T>>,
  from: pg.Pool,
  begin = BEGIN,
): Promise<T> {
  const client = await connect(from);
  const one = sqlOf(client);
  const run: Sql = (text, values) => {
    gather(client);
    return one(text, values);
  };
  let broken = false;
  let ended = false;
  // Nobody waits for it alone: it travels with the first statement, whose answer comes only after it was answered well.
  let open = false;
  const begun = run(begin).then(() => {
    open = true;
  });
  begun.catch(() => undefined);
  // Work that failed in one place may go on in another; what it sends then must reach neither this transaction nor the next one.
  const within: Sql = (text, values) => {
    if (ended) return Promise.reject(new Error('the transaction has ended'));
    const answer = run<never>(text, values);
    return open ? answer : both(begun, answer);
  };
  try {
    const { result, closing: last } = await work(within);
    ended = true;
    // All of them, before the first is sent.
    const closing = last.map((statement) => ({ ...statement, values: written(statement.values) }));
    await both(both(begun, send(run, closing)), commit(client));
    return result;
  } catch (error) {
    ended = true;
    broken = isDatabaseUnavailable(error) || !(await rollback(run));
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * Statements that are sent before anything else happens leave in one packet. Left to itself, the client writes each to the socket, and
 * where the system asks much for a call that is most of what a small transaction costs.
 */
function gather({ connection: { stream } }: pg.PoolClient): void {
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** Waits for both, also when one fails, and gives the second: of two failures the first is the cause. */
async function both<T>(first: Promise<unknown>, second: Promise<T>): Promise<T> {
  const [one, other] = await Promise.allSettled([first, second]);
  if (one.status === 'rejected') throw one.reason;
  if (other.status === 'rejected') throw other.reason;
  return other.value;
}

/** @throws Error when there was nothing left to commit, because a statement before had failed */
async function commit(client: pg.PoolClient): Promise<void> {
  try {
    gather(client);
    const { command } = await client.query('COMMIT');
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back');
  } catch (error) {
    throw isDatabaseUnavailable(error) ? new DatabaseUnavailable(error) : error;
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
