/** Killing a part of a running Belay, and what `belay verify` says afterwards. */
import { launchBelay, runBelay, type RunningBelay } from '@/lib/cli/launch';
import type { Acknowledged } from './acknowledged';

export type Part = 'server' | 'database';
export const PARTS: readonly Part[] = ['server', 'database'];

/**
 * @param callers at most so many answers were on their way and may still arrive; the one after them is of the revived part
 * @returns Belay as it runs now, and the time from the kill to that answer, in milliseconds
 */
export async function killAndWait(
  belay: RunningBelay,
  part: Part,
  acknowledged: Acknowledged,
  callers: number,
): Promise<{ belay: RunningBelay; awayMs: number }> {
  const killedAt = performance.now();
  await belay.kill9(part);
  const revived = part === 'server' ? await relaunch(belay) : belay;
  await acknowledged.more(callers + 1);
  return { belay: revived, awayMs: performance.now() - killedAt };
}

/** The same home and the same address, as an operator would. */
function relaunch(belay: RunningBelay): Promise<RunningBelay> {
  return launchBelay({ home: belay.home, variables: { PORT: new URL(belay.url).port } });
}

/** What `belay verify` says of the workspace in a line; a broken ledger ends it with an error. */
export async function verified(belay: RunningBelay): Promise<string> {
  const said = await runBelay(belay.home, ['verify', '--workspace', 'default']);
  return said.split('\n')[0] ?? '';
}
