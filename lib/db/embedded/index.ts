import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries } from './binaries';
import {
  connectionPath,
  newConnection,
  readConnection,
  urlOf,
  writeConnection,
} from './connection';
import type { Connection } from './connection';
import { startGuard, type Guard } from './guard';
import { lockHome } from './home-lock';
import { ensureDataDirectory } from './initdb';
import { postgresUser } from './os-user';
import { dataDirectory, ensureHome } from './places';
import { findFreePort, isPortFree } from './ports';
import { endLeftovers, stopOrphan, stopPostmaster } from './postmaster';
import { ensureDatabase, waitUntilReady } from './ready';
import { lastWords, spawnServer, type ServerOptions } from './server-process';

/** How often a start is tried while remains of a crash (sessions, shared memory) go away. */
const START_ATTEMPTS = 20;
const RETRY_PAUSE_MS = 500;

export interface EmbeddedOptions {
  /** BELAY_HOME, absolute. */
  readonly home: string;
  /** Told in plain sentences what happens: a takeover, a restart. */
  readonly onNotice?: (sentence: string) => void;
  /** PostgreSQL died and could not be started again. */
  readonly onFailure?: (error: Error) => void;
  /** Extra server settings; only tests use it. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  readonly url: string;
  /** The address of another database of the same server. */
  readonly urlFor: (database: string) => string;
  /** The process now running; changes when PostgreSQL had to be started again. */
  readonly pid: () => number;
  readonly dataDir: string;
  /** Shuts PostgreSQL down and gives the home free. Safe to call twice. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the PostgreSQL of one home and looks after it until `stop`: takes over what a killed
 * Belay left running, recovers after a crash, starts PostgreSQL again when it is killed, and has
 * it stopped when this process is.
 *
 * @throws Error when another living Belay owns the home
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const user = postgresUser();
  ensureHome(options.home, user);
  const unlock = lockHome(options.home);
  try {
    const dataDir = dataDirectory(options.home, user);
    const connection = await chooseConnection(options, dataDir);
    const binaries = findBinaries(user);
    await ensureDataDirectory({ initdb: binaries.initdb, dataDir, user, connection });
    const server = { ...options, postgres: binaries.postgres, dataDir, user, connection };
    return await supervise(server, options, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The recorded connection with a port that is free, after an orphan on it was stopped. */
async function chooseConnection(options: EmbeddedOptions, dataDir: string): Promise<Connection> {
  const recorded = readConnection(options.home);
  if (recorded === undefined && existsSync(dataDir)) {
    throw new Error(
      `There is a database in ${dataDir}, but the file ${connectionPath(options.home)} with its password is missing. ` +
        'Put the file back, or move the database away.',
    );
  }
  if (existsSync(dataDir) && (await stopOrphan(dataDir))) {
    options.onNotice?.('Stopped the PostgreSQL that an earlier Belay had left running.');
  }
  const portIsFree = recorded !== undefined && (await isPortFree(recorded.port));
  const port = portIsFree ? recorded.port : await findFreePort();
  const connection = { ...(recorded ?? newConnection(port)), port };
  writeConnection(options.home, connection);
  return connection;
}

async function supervise(
  server: ServerOptions,
  options: EmbeddedOptions,
  unlock: () => void,
): Promise<EmbeddedPostgres> {
  const guard = startGuard(server.dataDir);
  let stopping = false;
  let child = await launch(server, guard).catch((error: unknown) => {
    guard.end();
    throw error;
  });
  const watch = () => child.once('exit', () => void (stopping || restart()));

  const restart = async () => {
    options.onNotice?.('PostgreSQL stopped unexpectedly; starting it again.');
    try {
      endLeftovers(server.dataDir);
      child = await launch(server, guard);
      watch();
      options.onNotice?.('PostgreSQL is back; nothing acknowledged was lost.');
    } catch (error) {
      options.onFailure?.(error instanceof Error ? error : new Error(String(error)));
    }
  };
  watch();

  const stop = async () => {
    if (stopping) return;
    stopping = true;
    if (child.exitCode === null && child.signalCode === null) await stopPostmaster(child.pid ?? 0);
    guard.end();
    unlock();
  };
  return {
    url: urlOf(server.connection),
    urlFor: (database) => urlOf(server.connection, database),
    pid: () => child.pid ?? 0,
    dataDir: server.dataDir,
    stop,
  };
}

/** Starts PostgreSQL and waits until it answers; tries again while remains of a crash go away. */
async function launch(server: ServerOptions, guard: Guard): Promise<ChildProcess> {
  for (let attempt = 1; ; attempt += 1) {
    await stopOrphan(server.dataDir);
    const child = spawnServer(server);
    guard.watch(child.pid ?? 0);
    if (await waitUntilReady(child, server.connection)) {
      await ensureDatabase(server.connection);
      return child;
    }
    const words = lastWords(server.home);
    if (attempt === START_ATTEMPTS || !/still in use|could not bind/.test(words)) {
      throw new Error(`PostgreSQL did not start:\n${words}`);
    }
    endLeftovers(server.dataDir);
    await sleep(RETRY_PAUSE_MS);
  }
}
