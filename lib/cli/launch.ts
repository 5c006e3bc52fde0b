import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { postgresUser } from '@/lib/db/embedded/os-user';
import { dataDirectory } from '@/lib/db/embedded/places';
import { waitForExit } from '@/lib/db/embedded/process-identity';
import { childEnvironment } from '@/lib/env';

const COMMAND = ['--import', 'tsx', 'lib/cli/main.ts'];
const START_TIMEOUT_MS = 120_000;
const EXIT_TIMEOUT_MS = 60_000;

export interface LaunchOptions {
  /** BELAY_HOME; a temporary one, removed by `stop`, unless given. */
  readonly home?: string;
  /** Variables for `belay start`, for example PORT or BELAY_DEMO (which is off unless told). */
  readonly variables?: Readonly<Record<string, string>>;
}

/** What `belay start` tells the program that started it. */
interface Ready {
  readonly url: string;
  readonly databaseUrl: string;
  /** The first password; only on a home that is new. */
  readonly admin?: { readonly email: string; readonly oneTimePassword: string };
  /** The processes that serve HTTP. */
  readonly consolePids: readonly number[];
}

export interface RunningBelay extends Ready {
  readonly home: string;
  readonly child: ChildProcess;
  /** Ends everything in order. Safe to call twice, and after a kill. */
  readonly stop: () => Promise<void>;
  /** Ends a part without a word, as the kernel would: the server (supervisor and console) or PostgreSQL. */
  readonly kill9: (part: 'server' | 'database') => Promise<void>;
}

/**
 * Starts Belay as a user would, on a free port and with a PostgreSQL of its own, and waits until it
 * answers. It ends with this process, also when this process is killed: the channel to it closes.
 *
 * @throws Error when it does not get ready within two minutes
 */
export async function launchBelay(options: LaunchOptions = {}): Promise<RunningBelay> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'belay-'));
  const child = spawn(process.execPath, [...COMMAND, 'start'], {
    env: childEnvironment({
      BELAY_DEMO: '0',
      BELAY_URL: undefined,
      DATABASE_URL: undefined,
      PORT: '0',
      ...options.variables,
      BELAY_HOME: home,
    }),
    // Its words repeat the first password, and they would stand between the lines of a report.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ready = await waitUntilReady<Ready>(child, 'Belay');
  return {
    ...ready,
    home,
    child,
    stop: async () => {
      await endGently(child);
      if (options.home === undefined) rmSync(home, { recursive: true, force: true });
    },
    kill9: (part) =>
      part === 'server' ? killServer(child, ready.consolePids, home) : killDatabase(home),
  };
}

export interface RunningPlane {
  readonly url: string;
  readonly child: ChildProcess;
  /** Ends it in order. */
  readonly stop: () => Promise<void>;
}

/** What a plane has to know of the Belay it serves. */
export interface PlaneOptions {
  readonly url: string;
  readonly home: string;
  /** Where the data is; that of the Belay that runs on the home unless given. */
  readonly databaseUrl?: string;
}

/**
 * Starts a decision plane beside a Belay, on a free port.
 *
 * @throws Error when it does not get ready within two minutes
 */
export async function launchPlane(
  { url: issuer, home, databaseUrl }: PlaneOptions,
  processes = 1,
): Promise<RunningPlane> {
  const options = ['plane', '--port', '0', '--processes', String(processes)];
  const child = spawn(process.execPath, [...COMMAND, ...options], {
    env: childEnvironment({
      BELAY_URL: issuer,
      BELAY_PLANE_URL: undefined,
      DATABASE_URL: databaseUrl,
      BELAY_HOME: home,
    }),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { url } = await waitUntilReady<{ url: string }>(child, 'The plane');
  return { url, child, stop: () => endGently(child) };
}

/**
 * Runs a command of Belay on a home. @returns what it printed
 *
 * @throws Error when it ends with another code than 0
 */
export async function runBelay(home: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [...COMMAND, ...args], {
    env: childEnvironment({ BELAY_HOME: home, BELAY_URL: undefined, DATABASE_URL: undefined }),
    encoding: 'utf8',
  });
  return stdout.trim();
}

function waitUntilReady<Message>(child: ChildProcess, what: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      child.kill('SIGKILL');
      reject(new Error(`${what} did not start: ${why}.`));
    };
    const onExit = (code: number | null) => fail(`it ended with code ${code ?? 'none'}`);
    const timer = setTimeout(() => fail('it took too long'), START_TIMEOUT_MS);
    child.once('exit', onExit);
    child.once('message', (message) => {
      clearTimeout(timer);
      child.off('exit', onExit);
      resolve(message as Message);
    });
  });
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

async function endGently(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** The guardian, which outlives the supervisor, then stops PostgreSQL. */
async function killServer(
  child: ChildProcess,
  consolePids: readonly number[],
  home: string,
): Promise<void> {
  const databasePid = postmasterPid(home);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  consolePids.forEach(killNow);
  child.kill('SIGKILL');
  await ended;
  for (const pid of consolePids) await waitForExit(pid, EXIT_TIMEOUT_MS);
  if (databasePid !== undefined) await waitForExit(databasePid, EXIT_TIMEOUT_MS);
}

/** The supervisor, which lives, starts it again. */
async function killDatabase(home: string): Promise<void> {
  const pid = postmasterPid(home);
  if (pid === undefined) throw new Error('There is no PostgreSQL to kill.');
  killNow(pid);
  await waitForExit(pid, EXIT_TIMEOUT_MS);
}

/** The main process of the embedded PostgreSQL of a home; undefined when none runs. */
export function postmasterPid(home: string): number | undefined {
  try {
    const file = join(dataDirectory(home, postgresUser()), 'postmaster.pid');
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** A process that is gone already is what was wanted. */
function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
