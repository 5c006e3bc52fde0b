import { readFileSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, processIdentity, waitForExit } from './process-identity';

/** A fast shutdown writes a checkpoint, which takes a while on a slow disk. */
const FAST_STOP_MS = 30_000;
const IMMEDIATE_STOP_MS = 10_000;

/**
 * Stops a PostgreSQL on this data directory that nobody looks after any more (its supervisor was
 * killed), and removes a `postmaster.pid` that names a process which is not a PostgreSQL of ours,
 * as PostgreSQL itself would take it for a living one.
 *
 * @returns whether a PostgreSQL was running
 */
export async function stopOrphan(dataDir: string): Promise<boolean> {
  const pid = recordedPid(dataDir);
  if (pid === undefined) return false;
  if (!isPostmasterOf(pid, dataDir)) {
    rmSync(join(dataDir, 'postmaster.pid'), { force: true });
    return false;
  }
  await stopPostmaster(pid);
  return true;
}

/**
 * Stops a postmaster: sessions are ended and all is written; if that does not come to an end, it
 * stops at once and recovers at its next start. Nothing committed is lost either way.
 */
export async function stopPostmaster(pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  if (await waitForExit(pid, FAST_STOP_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await waitForExit(pid, IMMEDIATE_STOP_MS)) return;
  throw new Error(`PostgreSQL (process ${pid}) does not stop.`);
}

/**
 * Ends the sessions that a killed postmaster left behind. They end by themselves once they look
 * up from their statement; a long one would hold up the restart.
 */
export function endLeftovers(dataDir: string): void {
  for (const pid of processesIn(dataDir)) signal(pid, 'SIGKILL');
}

function recordedPid(dataDir: string): number | undefined {
  try {
    const [first] = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(first);
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isPostmasterOf(pid: number, dataDir: string): boolean {
  if (processIdentity(pid) === undefined) return false;
  const line = commandLine(pid)?.replaceAll('\0', ' ') ?? '';
  return line.includes(`-D ${dataDir} `);
}

/** PostgreSQL's processes work inside their data directory. Linux only; empty elsewhere. */
function processesIn(dataDir: string): number[] {
  const target = realpathSync(dataDir);
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 1 && workingDirectory(pid) === target);
  } catch {
    return [];
  }
}

function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
