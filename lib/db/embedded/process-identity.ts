import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Seconds a `ps` may take on systems without /proc. */
const PS_TIMEOUT_MS = 5_000;

/**
 * What tells a living process from a later one that got the same number: the boot it belongs to
 * and its start time in that boot.
 *
 * @returns undefined when there is no such process, or only its unreaped remains
 */
export function processIdentity(pid: number): string | undefined {
  try {
    return identityFromProc(pid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return undefined;
    return hasProc() ? undefined : ps(pid, 'lstart=');
  }
}

/** The command line of a process, arguments parted by NUL (by spaces where there is no /proc). */
export function commandLine(pid: number): string | undefined {
  if (!hasProc()) return ps(pid, 'command=');
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return undefined;
  }
}

/** Waits until a process is gone. @returns false if it still lives after `timeoutMs` */
export async function waitForExit(pid: number, timeoutMs: number): Promise<boolean> {
  const identity = processIdentity(pid);
  const deadline = Date.now() + timeoutMs;
  while (identity !== undefined && processIdentity(pid) === identity) {
    if (Date.now() >= deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return true;
}

/** proc(5): the fields after the command, which may itself hold spaces and parentheses. */
function identityFromProc(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  const startTicks = fields[19];
  if (state === 'Z' || state === 'X' || startTicks === undefined) return undefined;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot}/${startTicks}`;
}

function hasProc(): boolean {
  try {
    readFileSync('/proc/self/stat');
    return true;
  } catch {
    return false;
  }
}

function ps(pid: number, format: string): string | undefined {
  try {
    const options = { encoding: 'utf8', timeout: PS_TIMEOUT_MS } as const;
    return execFileSync('ps', ['-o', format, '-p', String(pid)], options).trim() || undefined;
  } catch {
    return undefined;
  }
}
