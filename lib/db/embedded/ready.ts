import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isDatabaseUnavailable } from '../errors';
import { urlOf, type Connection } from './connection';

const PROBE_PAUSE_MS = 40;

/**
 * Waits until PostgreSQL takes connections, however long its crash recovery lasts.
 *
 * @returns false if the process ended instead
 */
export async function waitUntilReady(
  child: ChildProcess,
  connection: Connection,
): Promise<boolean> {
  let running = true;
  child.once('exit', () => (running = false));
  child.once('error', () => (running = false));
  while (running) {
    if (await answers(connection)) return true;
    await sleep(PROBE_PAUSE_MS);
  }
  return false;
}

/** Makes our database in a fresh server. */
export async function ensureDatabase(connection: Connection): Promise<void> {
  await withClient(connection, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [
      connection.database,
    ]);
    if (found.rowCount !== 0) return;
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(connection.database)}`);
  });
}

async function answers(connection: Connection): Promise<boolean> {
  try {
    await withClient(connection, (client) => client.query('SELECT 1'));
    return true;
  } catch (error) {
    if (isDatabaseUnavailable(error)) return false;
    throw error;
  }
}

async function withClient<T>(
  connection: Connection,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: urlOf(connection, 'postgres'),
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
