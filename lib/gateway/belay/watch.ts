/** Follows Belay's announcements for as long as the gateway runs, and knows since when it has heard nothing. */
import { liveEventSchema, type LiveEvent } from '@/lib/contracts';
import type { BelayApi } from './api';

const RETRY_MS = 250;
const MOST_RETRY_MS = 2_000;
/** Belay says at least a word every two seconds to a gateway; a stream that is silent for longer is dead. */
const SILENCE_MS = 8_000;
/** One announcement is a few hundred characters. */
const MOST_BUFFERED = 256 * 1024;

/** `undefined`: something may have been missed, look at everything. */
export type Heard = (events: readonly LiveEvent[] | undefined) => void;

export class Watch {
  readonly #end = new AbortController();
  readonly #listeners = new Set<Heard>();
  #silence: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastEventId: string | undefined;
  #open = false;
  #heardAt = Date.now();

  /** @param silenceMs how long a stream, or the answer to the question for one, may take to say a word */
  constructor(
    private readonly api: Pick<BelayApi, 'events'>,
    private readonly silenceMs = SILENCE_MS,
  ) {}

  start(): void {
    void this.#follow();
  }

  /** @returns stops listening */
  listen(heard: Heard): () => void {
    this.#listeners.add(heard);
    return () => this.#listeners.delete(heard);
  }

  /** Whether the stream is open, as far as anybody knows: its network may swallow what is said. */
  get open(): boolean {
    return this.#open;
  }

  /** For how long nothing has been heard, in milliseconds: up to two seconds while all is well. */
  get lostMs(): number {
    return Date.now() - this.#heardAt;
  }

  stop(): void {
    this.#end.abort();
    this.#silence?.abort();
    clearTimeout(this.#timer);
  }

  async #follow(): Promise<void> {
    let pause = RETRY_MS;
    while (!this.#end.signal.aborted) {
      const opened = await this.#once().catch(() => false);
      pause = opened ? RETRY_MS : Math.min(pause * 2, MOST_RETRY_MS);
      await this.#rest(pause);
    }
  }

  /** @returns whether the stream had opened */
  async #once(): Promise<boolean> {
    const silence = new AbortController();
    this.#silence = silence;
    // Before anything is asked: who takes a connection may never answer on it.
    this.#expectWord(silence);
    try {
      return await this.#listen(silence);
    } finally {
      this.#open = false;
      clearTimeout(this.#timer);
      silence.abort();
    }
  }

  async #listen(silence: AbortController): Promise<boolean> {
    const response = await this.api.events(silence.signal, this.#lastEventId);
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      return false;
    }
    this.#open = true;
    this.#heard(silence);
    this.#tell(undefined);
    const decoder = new TextDecoder();
    let buffer = '';
    for await (const chunk of response.body) {
      this.#heard(silence);
      buffer += decoder.decode(chunk, { stream: true });
      if (buffer.length > MOST_BUFFERED) break;
      const messages = buffer.split('\n\n');
      buffer = messages.pop() ?? '';
      this.#hear(messages);
    }
    return true;
  }

  #heard(silence: AbortController): void {
    this.#heardAt = Date.now();
    this.#expectWord(silence);
  }

  #expectWord(silence: AbortController): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => silence.abort(), this.silenceMs);
  }

  #hear(messages: readonly string[]): void {
    if (messages.some((message) => message.startsWith('event: resync'))) this.#tell(undefined);
    const events = messages.flatMap((message) => {
      const data = /^data: (.*)$/m.exec(message)?.[1];
      const id = /^id: (\d+)$/m.exec(message)?.[1];
      if (data === undefined || id === undefined) return [];
      this.#lastEventId = id;
      const parsed = liveEventSchema.safeParse(JSON.parse(data));
      return parsed.success ? [parsed.data] : [];
    });
    if (events.length > 0) this.#tell(events);
  }

  #tell(events: readonly LiveEvent[] | undefined): void {
    for (const heard of this.#listeners) heard(events);
  }

  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#end.signal.addEventListener(
        'abort',
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    });
  }
}
