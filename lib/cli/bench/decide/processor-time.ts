import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts processor time in these (Linux: USER_HZ). */
const TICKS_A_SECOND = 100;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
}

function readProcess(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may have blanks and brackets in it: fields are counted from behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined;
  }
}

/** Seconds of processor time that processes and all below them have taken so far; undefined where there is no /proc. */
export function processorSeconds(pids: readonly number[]): number | undefined {
  const all = listProcesses();
  if (all.length === 0) return undefined;
  const family = new Set(pids);
  let grew = true;
  while (grew) {
    const before = family.size;
    for (const process of all) if (family.has(process.parent)) family.add(process.pid);
    grew = family.size > before;
  }
  const ticks = all
    .filter(({ pid: one }) => family.has(one))
    .reduce((sum, one) => sum + one.ticks, 0);
  return ticks / TICKS_A_SECOND;
}

function listProcesses(): Process[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => readProcess(Number(name)) ?? []);
  } catch {
    return [];
  }
}
