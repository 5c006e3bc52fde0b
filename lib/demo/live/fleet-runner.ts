/** The fleet at work: every few seconds some agent begins a task, always the same one at the same time for the same seed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { BelayError, worthAnotherTry } from '@/lib/client/agent/index';
import type { Task } from '../fleet';
import { randomOf } from '../random';
import { DAY_MS } from '../timeline';
import type { LiveAgent } from './fleet-clients';
import { MOST_WAITING } from './queue';
import type { Reviewers } from './reviewers';
import { runTask } from './run-task';
import type { Surroundings } from './surroundings';

/** Mean time between two tasks at pace 1. */
const TASK_EVERY_MS = 45_000;
/** At the start tasks come this quickly, until there is something to decide. */
const WARM_UP_EVERY_MS = 1_500;
const WARM_UP_TASKS = 40;
const WARM_UP_WAITING = 6;
const LONGEST_PAUSE_MS = 30_000;

export interface RunnerOptions {
  readonly agents: readonly LiveAgent[];
  readonly reviewers: Reviewers;
  readonly surroundings: Surroundings;
  /** Midnight of the first day of the history. */
  readonly start: number;
  /** How many times faster than usual. */
  readonly pace: number;
  readonly ending: AbortSignal;
}

export class FleetRunner {
  readonly #gone = new Set<string>();
  #begun = 0;
  /** Belay does not answer: until then nothing new begins. */
  #pausedUntil = 0;
  #pauseMs = 1_000;

  constructor(private readonly options: RunnerOptions) {}

  /** Runs until it is told to end. */
  async run(): Promise<void> {
    const { ending, pace } = this.options;
    while (!ending.aborted) {
      const now = Date.now();
      if (now >= this.#pausedUntil && this.options.reviewers.pending < MOST_WAITING)
        this.#begin(now);
      const random = randomOf('pause', this.#begun);
      const usual = (TASK_EVERY_MS * (0.4 + 1.2 * random.next())) / pace;
      const pause = this.#warmingUp() ? Math.min(WARM_UP_EVERY_MS, usual) : usual;
      await sleep(pause, undefined, { signal: ending }).catch(() => undefined);
    }
  }

  #warmingUp(): boolean {
    return this.#begun < WARM_UP_TASKS && this.options.reviewers.pending < WARM_UP_WAITING;
  }

  #begin(now: number): void {
    const day = Math.floor((now - this.options.start) / DAY_MS);
    const random = randomOf('live', this.#begun, day);
    const able = this.options.agents.filter((live) => this.#mayWork(live, day, now));
    const shown = able.filter(({ agent }) => agent.showpiece !== undefined)[this.#begun];
    this.#begun += 1;
    const live = shown ?? (able.length > 0 ? random.pick(able) : undefined);
    if (live === undefined) return;
    const task = shown?.agent.showpiece?.(random) ?? live.agent.task(random, day);
    void this.#work(live, task, now);
  }

  /** Not who is idle by its story, who is gone, or whose pact names other hours. */
  #mayWork({ agent }: LiveAgent, day: number, now: number): boolean {
    if (this.#gone.has(agent.key) || agent.rests?.(day) === true) return false;
    const { hours } = agent.pact;
    const hour = new Date(now).getUTCHours();
    return hours === undefined || (hour >= hours.from && hour < hours.to);
  }

  async #work({ agent, belay }: LiveAgent, task: Task, now: number): Promise<void> {
    const { reviewers, surroundings, ending } = this.options;
    try {
      await runTask(belay, `${agent.key}-live-${now.toString(36)}`, task, {
        ending,
        onWaiting: (approvalId, _decisionId, step) => reviewers.expect(approvalId, agent, step),
        onRan: (decisionId, { check }) => {
          if (check === undefined) return;
          surroundings.note({ agentKey: agent.key, decisionId, passed: check === 'passed' });
        },
      });
      this.#pauseMs = 1_000;
    } catch (error) {
      this.#failed(agent.key, error);
    }
  }

  /** A server that is away is waited for; an agent that is no longer let in (revoked, another key) is left alone. */
  #failed(agentKey: string, error: unknown): void {
    if (this.options.ending.aborted) return;
    if (worthAnotherTry(error)) {
      this.#pausedUntil = Date.now() + this.#pauseMs;
      this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    } else if (error instanceof BelayError && (error.status === 401 || error.status === 403)) {
      this.#gone.add(agentKey);
    } else if (!(error instanceof BelayError)) throw error;
  }
}
