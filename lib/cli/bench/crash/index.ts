/** `npm run bench crash`: `kill -9` of the server, and of PostgreSQL, ten times each, in the middle of traffic. */
import { rmSync } from 'node:fs';
import { printTable } from '../load';
import { crash, crashScene, type CrashResult } from './round';

const ROUNDS = 10;
const AGENTS = 16;

export async function benchCrash(): Promise<void> {
  let scene = await crashScene(AGENTS);
  const { home } = scene.belay;
  const rows: string[][] = [];
  let lost = 0;
  try {
    for (const part of ['server', 'database'] as const)
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
  (result.awayMs / 1000).toFixed(1),
  result.ledger,
];
