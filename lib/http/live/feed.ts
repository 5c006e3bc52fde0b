/** One reader of a workspace's outbox for all open streams of this process, and only while there is one. */
import type { LiveEvent } from '@/lib/contracts';
import { readOutbox, readOutboxHead, type Outbox } from './outbox';

const POLL_MS = 100;
/** After a failed poll: the database may be starting. */
const RETRY_MS = 1_000;

export type Listener = (events: readonly LiveEvent[]) => void;

export class Feed {
  readonly #listeners = new Set<Listener>();
  readonly #starting = new Set<() => void>();
  #cursor: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly workspaceId: string,
    private readonly outbox: Outbox = { read: readOutbox, head: readOutboxHead },
  ) {}

  /**
   * Hears what is announced.
   *
   * @param onStarted called once, from when on nothing is missed
   * @returns stops listening
   */
  listen(listener: Listener, onStarted: () => void = () => undefined): () => void {
    this.#listeners.add(listener);
    if (this.#cursor === undefined) this.#starting.add(onStarted);
    else onStarted();
    this.#timer ??= setTimeout(() => void this.#poll(), 0);
    return () => {
      this.#listeners.delete(listener);
      this.#starting.delete(onStarted);
    };
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  async #poll(): Promise<void> {
    const delayMs = await this.#read().then(
      () => POLL_MS,
      () => RETRY_MS,
    );
    if (this.#listeners.size > 0) {
      this.#timer = setTimeout(() => void this.#poll(), delayMs);
      return;
    }
    this.#timer = undefined;
    this.#cursor = undefined;
  }

  async #read(): Promise<void> {
    this.#cursor ??= await this.outbox.head(this.workspaceId);
    for (const onStarted of this.#starting) onStarted();
    this.#starting.clear();
    const events = await this.outbox.read(this.workspaceId, this.#cursor);
    const last = events.at(-1);
    if (last === undefined) return;
    this.#cursor = last.seq;
    const distinct = coalesce(events);
    for (const listener of this.#listeners) listener(distinct);
  }
}

/** Of several announcements that say the same, the newest: a client would only refetch the same thing again. */
export function coalesce(events: readonly LiveEvent[]): LiveEvent[] {
  const newest = new Map<string, LiveEvent>();
  for (const event of events) {
    const key = `${event.type} ${event.agentId ?? ''} ${event.subjectId ?? ''}`;
    newest.delete(key);
    newest.set(key, event);
  }
  return [...newest.values()];
}

// Next loads modules more than once; there must be one feed a workspace.
const shared = globalThis as typeof globalThis & { belayFeeds?: Map<string, Feed> };

export function feedOf(workspaceId: string): Feed {
  shared.belayFeeds ??= new Map();
  const known = shared.belayFeeds.get(workspaceId);
  if (known !== undefined) return known;
  const feed = new Feed(workspaceId);
  shared.belayFeeds.set(workspaceId, feed);
  return feed;
}
