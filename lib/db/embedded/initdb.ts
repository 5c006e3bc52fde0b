import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from './connection';
import type { OsUser } from './os-user';
import { giveTo } from './places';

/** The PostgreSQL whose data format the binaries read. */
const MAJOR_VERSION = '18';

export interface InitOptions {
  readonly initdb: string;
  readonly dataDir: string;
  readonly user: OsUser;
  readonly connection: Connection;
}

/** Variables of PostgreSQL's processes: none of ours, as they may hold secrets. */
export const POSTGRES_ENV = {
  LC_ALL: 'C',
  TZ: 'UTC',
  PATH: '/usr/bin:/bin',
} as Record<string, string> as NodeJS.ProcessEnv;

/**
 * Makes the data directory if it does not exist yet. It is made aside and renamed, so that a
 * process killed meanwhile leaves no half of one.
 */
export async function ensureDataDirectory(options: InitOptions): Promise<void> {
  const { dataDir } = options;
  if (existsSync(join(dataDir, 'PG_VERSION'))) return checkVersion(dataDir);
  const draft = `${dataDir}.new`;
  const passwordFile = `${dataDir}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, `${options.connection.password}\n`, { mode: 0o600 });
  giveTo(draft, options.user);
  giveTo(passwordFile, options.user);
  try {
    await runInitdb(options, draft, passwordFile);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, dataDir);
}

function checkVersion(dataDir: string): void {
  const found = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim();
  if (found === MAJOR_VERSION) return;
  throw new Error(
    `The database in ${dataDir} was written by PostgreSQL ${found}; this Belay brings ${MAJOR_VERSION}. ` +
      'Move it with pg_dump and pg_restore, or set DATABASE_URL to a server that reads it.',
  );
}

/** The built-in collation sorts the same on every machine, whatever locales are installed. */
async function runInitdb(options: InitOptions, draft: string, passwordFile: string): Promise<void> {
  const flags = [
    `--pgdata=${draft}`,
    `--username=${options.connection.user}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  const child = spawn(options.initdb, flags, {
    ...options.user,
    cwd: '/',
    env: POSTGRES_ENV,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString('utf8')));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`The database could not be made: ${complaint.trim()}`);
}
