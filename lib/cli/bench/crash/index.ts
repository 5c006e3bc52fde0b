/**
 * `npm run bench crash`: `kill -9` of the server, and of PostgreSQL, ten times each, in the middle of traffic;
 * `npm run bench -- crash --replay FILE...`: in the middle of a replay of recorded sessions.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { summaryOf } from '@/lib/cli/replay';
import { tableOf } from '@/lib/cli/replay/tally';
import { printTable } from '../load';
import { PARTS } from './death';
import { crashReplay, type ReplayCrash } from './replay-crashes';
import { crash, crashScene, type CrashResult } from './round';

const ROUNDS = 10;
const AGENTS = 16;

export async function benchCrash(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { replay: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (values.replay === true) await inReplays(positionals);
  else await inTraffic();
}

async function inTraffic(): Promise<void> {
  let scene = await crashScene(AGENTS);
  const { home } = scene.belay;
  const rows: string[][] = [];
  let lost = 0;
  try {
    for (const part of PARTS)
      for (let round = 1; round <= ROUNDS; round += 1) {
        const after = await crash(scene, part);
        scene = after.scene;
        lost += after.result.lost.length;
        rows.push([part, String(round), ...cellsOf(after.result)]);
      }
  } finally {
    await scene.belay.stop();
    rmSync(home, { recursive: true, force: true });
  }
  printTable(['killed', 'round', 'acknowledged', 'unanswered', 'lost', 'away s', 'ledger'], rows);
  if (lost > 0) process.exitCode = 1;
}

const cellsOf = (result: CrashResult): string[] => [
  String(result.acknowledged),
  String(result.unanswered),
  String(result.lost.length),
  seconds(result.awayMs),
  result.ledger,
];

async function inReplays(files: readonly string[]): Promise<void> {
  if (files.length === 0) throw new Error('Name the recorded sessions: crash --replay FILE...');
  for (const part of PARTS) {
    const { crashes, run } = await crashReplay(files, part, ROUNDS);
    printTable(
      ['killed', 'round', 'acknowledged', 'decisions', 'lost', 'away s', 'ledger'],
      crashes.map((item, index) => [part, roundOf(item, index), ...replayCellsOf(item)]),
    );
    const ended = `${run.failures.length} sessions ended early.`;
    process.stdout.write(`\n${tableOf(summaryOf(run))}\n${ended}\n\n`);
    const lost = crashes.flatMap((item) => item.lost);
    if (lost.length > 0 || run.failures.length > 0) process.exitCode = 1;
    for (const what of lost) process.stderr.write(`lost: ${what}\n`);
  }
}

const roundOf = ({ awayMs }: ReplayCrash, index: number): string =>
  awayMs === undefined ? 'end' : String(index + 1);

const replayCellsOf = (result: ReplayCrash): string[] => [
  String(result.acknowledged),
  String(result.decisions),
  String(result.lost.length),
  seconds(result.awayMs),
  result.ledger,
];

const seconds = (ms: number | undefined): string =>
  ms === undefined ? '' : (ms / 1000).toFixed(1);
