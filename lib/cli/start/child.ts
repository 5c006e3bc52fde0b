import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** A child that ran this long had started well: the next pause is short again. */
const SETTLED_MS = 60_000;
const STOP_GRACE_MS = 5_000;

export interface ChildOptions {
  /** What it is, for people: "The console". */
  readonly name: string;
  /** Starts it once; it must have a channel to us. */
  readonly launch: () => ChildProcess;
  readonly onNotice: (sentence: string) => void;
}

export interface SupervisedChild {
  readonly stop: () => Promise<void>;
  readonly pid: () => number | undefined;
}

/** How to start Node on a file of ours, in a session of its own, so that Ctrl-C reaches us alone. */
export function nodeProcess(args: readonly string[], env: NodeJS.ProcessEnv) {
  return (): ChildProcess =>
    spawn(process.execPath, [...args], {
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: true,
    });
}

/**
 * Keeps a process running: starts it again with growing pauses when it crashes, not when it ends by
 * itself with code 0. The process has a channel to us that closes when we are gone, which tells it
 * to end.
 */
export function superviseChild(options: ChildOptions): SupervisedChild {
  let child: ChildProcess | undefined;
  let stopping = false;
  let pauseMs = FIRST_PAUSE_MS;

  const launch = () => {
    const startedAt = Date.now();
    child = options.launch();
    child.once('exit', (code, signal) => {
      child = undefined;
      if (stopping || code === 0) return;
      if (Date.now() - startedAt > SETTLED_MS) pauseMs = FIRST_PAUSE_MS;
      void relaunch(signal ?? `code ${code}`);
    });
  };

  const relaunch = async (how: string) => {
    const seconds = (pauseMs / 1000).toString();
    options.onNotice(
      `${options.name} stopped unexpectedly (${how}); starting it again in ${seconds} s.`,
    );
    await sleep(pauseMs);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    if (!stopping) launch();
  };

  launch();
  return {
    pid: () => child?.pid,
    stop: async () => {
      stopping = true;
      if (child !== undefined) await endChild(child);
    },
  };
}

async function endChild(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
  await ended;
  clearTimeout(timer);
}
