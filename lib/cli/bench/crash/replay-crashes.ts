/** A replay of recorded sessions, as an operator runs it, that has a part of its Belay killed again and again, and goes on. */
import { rmSync } from 'node:fs';
import { launchBelay, runBelay, type RunningBelay } from '@/lib/cli/launch';
import { runReplay, type Run } from '@/lib/cli/replay/run';
import { Acknowledged } from './acknowledged';
import { killAndWait, verified, type Part } from './death';
import { lostOf } from './survivors';

/** Acknowledged decisions, verdicts, redemptions and outcomes between the last restart and the next kill. */
const ANSWERS = 1_000;
const LANES = 16;

export interface ReplayCrash {
  /** Everything acknowledged since the replay began, and the decisions among it. */
  readonly acknowledged: number;
  readonly decisions: number;
  /** What was acknowledged and is gone; must be empty. */
  readonly lost: readonly string[];
  /** What `belay verify` said about the workspace. */
  readonly ledger: string;
  /** From the kill to the next answer; none for the look after the replay's end. */
  readonly awayMs: number | undefined;
}

/** @throws Error when the sessions end before the last kill */
export async function crashReplay(
  files: readonly string[],
  part: Part,
  rounds: number,
): Promise<{ crashes: ReplayCrash[]; run: Run }> {
  let belay = await launchBelay();
  const { home } = belay;
  const stop = new AbortController();
  const acknowledged = new Acknowledged();
  const running = startReplay(files, belay, { acknowledged, stop: stop.signal });
  const crashes: ReplayCrash[] = [];
  try {
    for (let round = 1; round <= rounds; round += 1) {
      await beforeTheEnd(running, acknowledged.more(ANSWERS));
      const after = await beforeTheEnd(running, killAndWait(belay, part, acknowledged, LANES));
      belay = after.belay;
      crashes.push({ ...(await whatIsLeft(belay, acknowledged)), awayMs: after.awayMs });
    }
    const run = await running;
    crashes.push({ ...(await whatIsLeft(belay, acknowledged)), awayMs: undefined });
    return { crashes, run };
  } finally {
    stop.abort();
    await running.catch(() => undefined);
    await belay.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function startReplay(
  files: readonly string[],
  { url, home }: RunningBelay,
  { acknowledged, stop }: { acknowledged: Acknowledged; stop: AbortSignal },
): Promise<Run> {
  return runReplay(files, {
    url,
    key: await runBelay(home, ['key', 'create', '--name', 'replay', '--role', 'admin']),
    reviewer: 'oracle',
    rung: 4,
    concurrency: LANES,
    agents: 'session',
    witness: acknowledged.note,
    stop,
  });
}

function beforeTheEnd<Result>(running: Promise<Run>, work: Promise<Result>): Promise<Result> {
  const ended = running.then(() => {
    throw new Error('The sessions ended before the last kill: name more files.');
  });
  return Promise.race([work, ended]);
}

/** Looks while the replay goes on: what is acknowledged after the look began is looked for the next time. */
async function whatIsLeft(
  belay: RunningBelay,
  acknowledged: Acknowledged,
): Promise<Omit<ReplayCrash, 'awayMs'>> {
  const said = acknowledged.soFar();
  const count = acknowledged.count;
  const lost = await lostOf(belay.databaseUrl, said);
  const ledger = await verified(belay);
  return { acknowledged: count, decisions: said.decided.length, lost, ledger };
}
