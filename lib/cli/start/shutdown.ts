import { readFileSync } from 'node:fs';

type Step = () => Promise<void>;

/** How often a parent that went away is looked for. */
const PARENT_CHECK_MS = 500;

/** What has to be undone at the end, in the reverse order of its doing. */
export class Shutdown {
  readonly #steps: Step[] = [];
  #running: Promise<void> | undefined;

  add(step: Step): void {
    this.#steps.push(step);
  }

  get started(): boolean {
    return this.#running !== undefined;
  }

  /** Runs every step once, also when one fails. */
  run(): Promise<void> {
    this.#running ??= this.#runSteps();
    return this.#running;
  }

  async #runSteps(): Promise<void> {
    for (const step of this.#steps.reverse()) {
      try {
        await step();
      } catch (error) {
        console.error(error instanceof Error ? error.message : error);
      }
    }
  }
}

/**
 * Calls `onEnd` when this process is asked to end: by Ctrl-C, by SIGTERM, by the program that
 * started it closing the channel, or, under npm, by npm being gone.
 */
export function onEndRequest(underNpm: boolean, onEnd: () => void): void {
  process.on('SIGINT', onEnd);
  process.on('SIGTERM', onEnd);
  process.on('SIGHUP', onEnd);
  process.on('disconnect', onEnd);
  if (!underNpm) return;
  const launcher = launcherOf(process.ppid);
  setInterval(() => {
    if (launcherOf(process.ppid) !== launcher) onEnd();
  }, PARENT_CHECK_MS).unref();
}

/**
 * Who started us: npm runs a script in a shell, which stays when npm is killed, so behind a shell
 * stands its parent. Without /proc it is the parent alone.
 */
function launcherOf(parent: number): string {
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8');
    const isShell = /\((sh|dash|bash)\)/.test(stat);
    const grandparent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
    return isShell ? `${parent}/${grandparent}` : String(parent);
  } catch {
    return String(parent);
  }
}
