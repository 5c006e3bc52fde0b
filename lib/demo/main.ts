/**
 * The process of the demo fleet, a child of `belay start`: writes the history when it is missing, then runs the agents live.
 *
 * usage: tsx lib/demo/main.ts [--pace N]
 *   --pace N   everything N times as fast, for tests and screenshots
 */
import { parseArgs } from 'node:util';
import { closePool } from '@/lib/db';
import { env } from '@/lib/env';
import type { BackfillResult } from './history/backfill';
import { writeHistoryOnce } from './history/once';
import { runLive } from './live/run-live';

function readPace(): number {
  const { values } = parseArgs({ options: { pace: { type: 'string', default: '1' } } });
  const pace = Number(values.pace);
  if (!Number.isFinite(pace) || pace <= 0 || pace > 1_000)
    throw new Error('--pace must be a number above 0, up to 1000.');
  return pace;
}

/** Ends with the process that started it: the channel to it closes, whatever ended it. */
function endWithParent(ending: AbortController): void {
  const end = () => ending.abort();
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  if (process.connected) process.once('disconnect', end);
}

/** For the terminal of `belay start`. */
function writtenText({ decisions, seconds }: BackfillResult): string {
  const count = decisions.toLocaleString('en-US');
  return `The history of the demo fleet is written: ${count} decisions in ${Math.round(seconds)} seconds.`;
}

async function main(): Promise<void> {
  const pace = readPace();
  const ending = new AbortController();
  endWithParent(ending);
  const written = await writeHistoryOnce(Date.now(), { isEnding: () => ending.signal.aborted });
  if (written !== undefined) process.stdout.write(`${writtenText(written)}\n`);
  const { port, url } = env();
  if (!ending.signal.aborted)
    await runLive({ reach: `http://127.0.0.1:${port}`, audience: url, pace, ending });
  await closePool();
}

await main();
// Long polls and the channel to the parent would keep the process.
process.exit(0);
