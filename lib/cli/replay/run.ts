/** Plays recorded sessions against a running Belay, and goes on when it was away for a while. */
import { toolInputs } from './catalogue';
import { Cast, type CastOptions } from './cast';
import { ConsoleApi } from './console-api';
import { Patience } from './patience';
import { playSession, type Played, type Stage, type Witness } from './play-session';
import { readCatalogue, readResults, readSessions } from './recorded';

export interface RunOptions extends CastOptions {
  readonly key: string;
  readonly reviewer: 'oracle' | 'none';
  readonly concurrency: number;
  /** Hears of everything the server has acknowledged, as it is. */
  readonly witness?: Witness;
  /** Ends the run after what is on its way. */
  readonly stop?: AbortSignal;
}

export interface Run {
  readonly played: readonly Played[];
  /** What ended a session early, one each. */
  readonly failures: readonly unknown[];
  readonly sessions: number;
  readonly seconds: number;
  /** Calls that got no answer at first and were sent again. */
  readonly unanswered: number;
}

/** A server that is away for longer has not been restarted: sessions end with what they were told last. */
const PATIENCE_MS = 120_000;

export async function runReplay(files: readonly string[], options: RunOptions): Promise<Run> {
  const patience = new Patience({ limitMs: PATIENCE_MS, stop: options.stop });
  const api = new ConsoleApi(options.url, options.key, patience);
  for (const tool of toolInputs(readCatalogue(files))) await api.putTool(tool);
  const cast = new Cast(api, patience, options);
  const { reviewer, witness } = options;
  const scene = { console: api, reviewer, patience, witness, results: await readResults(files) };
  const played: Played[] = [];
  const failures: unknown[] = [];
  let sessions = 0;
  const started = performance.now();
  await inParallel(readSessions(files), options, async (session) => {
    sessions += 1;
    try {
      const stage: Stage = { ...scene, agent: await cast.agentFor(session) };
      played.push(...(await playSession(stage, session)));
    } catch (error) {
      failures.push(error);
      process.stderr.write(`${session.session_id}: ${(error as Error).message}\n`);
    }
  });
  const seconds = (performance.now() - started) / 1000;
  return { played, failures, sessions, seconds, unanswered: patience.unanswered };
}

/** Runs the work on each item, at most `concurrency` at a time, in the order they come. */
async function inParallel<T>(
  items: AsyncIterable<T>,
  { concurrency, stop }: Pick<RunOptions, 'concurrency' | 'stop'>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  const lane = async () => {
    while (stop?.aborted !== true) {
      const next = await iterator.next();
      if (next.done === true) return;
      await work(next.value);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
}
