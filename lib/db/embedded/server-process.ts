import { spawn, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Connection } from './connection';
import { POSTGRES_ENV } from './initdb';
import type { OsUser } from './os-user';

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/** Settings given at every start, so that they follow the program and not the data directory. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  max_connections: '100',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  idle_in_transaction_session_timeout: '60s',
  log_destination: 'stderr',
  logging_collector: 'off',
  lc_messages: 'C',
  timezone: 'UTC',
};

export interface ServerOptions {
  readonly postgres: string;
  readonly home: string;
  readonly dataDir: string;
  readonly user: OsUser;
  readonly connection: Connection;
  readonly settings?: Readonly<Record<string, string>> | undefined;
}

/**
 * Starts one PostgreSQL process, in a session of its own so that Ctrl-C does not reach it. What
 * it says goes straight into a file, which works on when we are gone.
 */
export function spawnServer(options: ServerOptions): ChildProcess {
  const settings = { ...SETTINGS, port: String(options.connection.port), ...options.settings };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openLog(options.home);
  try {
    return spawn(options.postgres, ['-D', options.dataDir, ...flags], {
      ...options.user,
      cwd: '/',
      detached: true,
      env: POSTGRES_ENV,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

const logPath = (home: string): string => join(home, 'logs', 'postgres.log');

function openLog(home: string): number {
  mkdirSync(join(home, 'logs'), { recursive: true, mode: 0o700 });
  const path = logPath(home);
  if (existsSync(path) && statSync(path).size > LOG_LIMIT_BYTES) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

/** The last errors PostgreSQL wrote, for a message when it did not start. */
export function lastWords(home: string): string {
  const lines = readFileSync(logPath(home), 'utf8').trimEnd().split('\n').slice(-20);
  return lines.filter((line) => /FATAL|PANIC|ERROR|DETAIL|HINT/.test(line)).join('\n');
}
