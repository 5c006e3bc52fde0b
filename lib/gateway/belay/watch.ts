/** Follows Belay's announcements for as long as the gateway runs, and knows since when it has heard nothing. */
import { liveEventSchema, type LiveEvent } from '@/lib/contracts';
import type { BelayApi } from './api';

const RETRY_MS = 250;
const MOST_RETRY_MS = 2_000;
/** Belay says at least a word every 15 seconds; a stream that is silent for longer is dead. */
const SILENCE_MS = 35_000;
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
  #lostAt: number | undefined = Date.now();

  constructor(private readonly api: Pick<BelayApi, 'events'>) {}

  start(): void {
    void this.#follow();
  }

  /** @returns stops listening */
  listen(heard: Heard): () => void {
    this.#listeners.add(heard);
    return () => this.#listeners.delete(heard);
  }

  /** For how long nothing has been heard, in milliseconds; 0 while the stream is open. */
  get lostMs(): number {
    return this.#lostAt === undefined ? 0 : Date.now() - this.#lostAt;
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
      this.#lostAt ??= Date.now();
      pause = opened ? RETRY_MS : Math.min(pause * 2, MOST_RETRY_MS);
      await this.#rest(pause);
    }
  }

  /** @returns whether the stream had opened */
  async #once(): Promise<boolean> {
    const silence = new AbortController();
    this.#silence = silence;
    const response = await this.api.events(silence.signal, this.#lastEventId);
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      return false;
    }
    this.#lostAt = undefined;
    this.#tell(undefined);
    const decoder = new TextDecoder();
    let buffer = '';
    try {
      this.#expectWord(silence);
      for await (const chunk of response.body) {
        this.#expectWord(silence);
        buffer += decoder.decode(chunk, { stream: true });
        if (buffer.length > MOST_BUFFERED) break;
        const messages = buffer.split('\n\n');
        buffer = messages.pop() ?? '';
        this.#hear(messages);
      }
    } finally {
      clearTimeout(this.#timer);
      silence.abort();
    }
    return true;
  }

  #expectWord(silence: AbortController): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => silence.abort(), SILENCE_MS);
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
