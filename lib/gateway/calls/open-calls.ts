/** Calls that run or wait, and how they are ended when Belay stops them. */
import type { Reason } from '@/lib/contracts';
import type { BelayApi, OpenCall } from '../belay/api';
import type { Watch } from '../belay/watch';

/** Announcements after which a call may be stopped. */
const MAY_STOP = new Set([
  'switch.changed',
  'agent.changed',
  'trust.changed',
  'incident.changed',
  'tool.changed',
]);
/** Belay is asked about so many calls at once; it takes twice as many. */
const MOST_AT_ONCE = 1_000;
const TRIES = 3;
const RETRY_MS = 100;
/** How often the time since the last word from Belay is looked at. */
const LOOK_MS = 250;

const LOST: Reason = {
  code: 'belay.lost',
  text: 'Belay has not been heard of for too long, and nobody could have stopped this call.',
  remedy: 'Try again when Belay can be reached.',
};

/** Why a call was ended; the reason of its abort signal. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  constructor(readonly reason: Reason) {
    super(reason.text);
  }
}

interface Entry extends Omit<OpenCall, 'id'> {
  /** Of its decision; undefined while that is being made. */
  id: string | undefined;
  /** Something was announced before it had one. */
  missed: boolean;
  readonly controller: AbortController;
}

export interface Opened {
  readonly signal: AbortSignal;
  /** The decision was made, and has this id. */
  readonly decided: (id: string) => void;
  readonly end: () => void;
}

export class OpenCalls {
  readonly #entries = new Set<Entry>();
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly api: Pick<BelayApi, 'standing'>,
    private readonly watch: Pick<Watch, 'listen' | 'open' | 'lostMs'>,
    lostContactMs: number,
  ) {
    watch.listen((events) => {
      const concerned =
        events === undefined
          ? [...this.#entries]
          : [...this.#entries].filter(({ agent }) =>
              events.some(
                ({ type, agentId }) =>
                  MAY_STOP.has(type) && (agentId === null || agentId === agent),
              ),
            );
      for (let from = 0; from < concerned.length; from += MOST_AT_ONCE)
        void this.#look(concerned.slice(from, from + MOST_AT_ONCE));
    });
    this.#timer = setInterval(() => {
      if (watch.lostMs > lostContactMs) stop(this.#entries, LOST);
    }, LOOK_MS);
  }

  /** How many run or wait. */
  get size(): number {
    return this.#entries.size;
  }

  /**
   * A call from when it may begin to run, or waits. Its signal is aborted with `Stopped` when Belay stops it, or with what
   * `cancelled` is aborted with.
   *
   * @param call without an id where the decision that is being made may let it run at once
   */
  add(call: Omit<Entry, 'missed' | 'controller'>, cancelled: AbortSignal): Opened {
    const controller = new AbortController();
    const entry: Entry = { ...call, missed: false, controller };
    this.#entries.add(entry);
    return {
      signal: AbortSignal.any([controller.signal, cancelled]),
      decided: (id) => {
        entry.id = id;
        // What came after the decision may have been announced before its answer was here.
        if (entry.missed) void this.#look([entry]);
      },
      end: () => this.#entries.delete(entry),
    };
  }

  stop(): void {
    clearInterval(this.#timer);
    stop(this.#entries, { code: 'gateway.closing', text: 'The gateway is closing.' });
  }

  /** Asks what is stopped by now. When that cannot be found out, everything asked about is. */
  async #look(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) entry.missed = entry.id === undefined;
    const asked = entries.filter(({ id }) => id !== undefined);
    if (asked.length === 0) return;
    const calls = asked.map(({ id = '', agent, tool }) => ({ id, agent, tool }));
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const answer = await this.api.standing(calls).catch(() => undefined);
      if (answer !== undefined) {
        const reasons = new Map(answer.stopped.map(({ id, reason }) => [id, reason]));
        for (const entry of asked) {
          const reason = reasons.get(entry.id ?? '');
          if (reason !== undefined) stop([entry], reason);
        }
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    // While the stream is away as well, `lostContactSeconds` says when it is too long.
    if (this.watch.open) stop(asked, LOST);
  }
}

function stop(entries: Iterable<Entry>, reason: Reason): void {
  for (const { controller } of entries) controller.abort(new Stopped(reason));
}
