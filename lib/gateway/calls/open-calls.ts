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

interface Entry extends OpenCall {
  readonly controller: AbortController;
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
   */
  add(call: OpenCall, cancelled: AbortSignal): { signal: AbortSignal; end: () => void } {
    const controller = new AbortController();
    const entry = { ...call, controller };
    this.#entries.add(entry);
    const signal = AbortSignal.any([controller.signal, cancelled]);
    return { signal, end: () => this.#entries.delete(entry) };
  }

  stop(): void {
    clearInterval(this.#timer);
    stop(this.#entries, { code: 'gateway.closing', text: 'The gateway is closing.' });
  }

  /** Asks what is stopped by now. When that cannot be found out, everything asked about is. */
  async #look(entries: readonly Entry[]): Promise<void> {
    const calls = entries.map(({ id, agent, tool }) => ({ id, agent, tool }));
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const answer = await this.api.standing(calls).catch(() => undefined);
      if (answer !== undefined) {
        const reasons = new Map(answer.stopped.map(({ id, reason }) => [id, reason]));
        for (const entry of entries) {
          const reason = reasons.get(entry.id);
          if (reason !== undefined) stop([entry], reason);
        }
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    // While the stream is away as well, `lostContactSeconds` says when it is too long.
    if (this.watch.open) stop(entries, LOST);
  }
}

function stop(entries: Iterable<Entry>, reason: Reason): void {
  for (const { controller } of entries) controller.abort(new Stopped(reason));
}
