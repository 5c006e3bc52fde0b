/**
 * One run at a time of what is dear, whoever asks. Who comes while one is under way gets the answer of the next one, together
 * with everybody who came meanwhile: the one under way may have passed what they ask about. After a run there is a pause as
 * long as it took, so that asking again and again takes half a processor at most.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

interface Runs<T> {
  current: Promise<unknown>;
  next: Promise<T> | undefined;
}

/** Runs by name; a name is forgotten when nothing of it is under way. */
export class SharedRuns<T> {
  readonly #runs = new Map<string, Runs<T>>();

  /** @param longestPauseMs the pause after a run is never longer */
  constructor(private readonly longestPauseMs = 5_000) {}

  /** The answer of a run that begins now or later, never of one that had begun. Rejects as the run does. */
  ask(name: string, run: () => Promise<T>): Promise<T> {
    const runs = this.#runs.get(name);
    if (runs === undefined) return this.#start(name, run);
    runs.next ??= runs.current.then(() => this.#start(name, run));
    return runs.next;
  }

  #start(name: string, run: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const answer = run();
    const pause = () => sleep(Math.min(performance.now() - began, this.longestPauseMs));
    const current = answer.then(pause, pause);
    const runs: Runs<T> = { current, next: undefined };
    this.#runs.set(name, runs);
    void current.then(() => {
      if (runs.next === undefined) this.#runs.delete(name);
    });
    return answer;
  }
}
