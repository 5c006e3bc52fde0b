/** What an agent hears while the stream is open: server-sent events (WHATWG HTML, section 9.2), opened again when it breaks. */
import type { Transport } from '../transport.js';
import type { AgentEvent } from '../wire.js';
import { pauseMs, sleep } from '../waiting.js';

/** The server says something at least every two seconds; after this much silence nobody knows whether it is still there. */
const SILENCE_MS = 5_000;

export interface Listener {
  /** From now on nothing is missed; what was known before may be out of date. */
  readonly onOpen: () => void;
  readonly onEvent: (event: AgentEvent) => void;
  /** Nothing that was known holds any more. */
  readonly onBroken: () => void;
}

export class EventStream {
  readonly #ended = new AbortController();

  constructor(
    private readonly transport: Transport,
    private readonly listener: Listener,
  ) {
    void this.#run();
  }

  close(): void {
    this.#ended.abort(new Error('closed'));
  }

  async #run(): Promise<void> {
    const { signal } = this.#ended;
    for (let failures = 1; !signal.aborted; failures += 1) {
      const heard = await this.#listen().catch(() => false);
      this.listener.onBroken();
      if (heard) failures = 1;
      await sleep(pauseMs(failures, Math.random(), undefined) ?? 0, signal).catch(() => undefined);
    }
  }

  /** @returns whether the stream was open, after it has ended */
  async #listen(): Promise<boolean> {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_MS);
    try {
      const response = await this.transport.send(
        '/api/v1/events',
        {
          method: 'GET',
          signal: AbortSignal.any([silence.signal, this.#ended.signal]),
        },
        { accept: 'text/event-stream' },
      );
      if (response.status === 401) this.transport.token.forget();
      if (!response.ok || response.body === null) {
        await response.body?.cancel();
        return false;
      }
      const decoder = new TextDecoder();
      const reader = response.body.getReader();
      let text = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return true;
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MS);
        const messages = (text + decoder.decode(value, { stream: true })).split('\n\n');
        text = messages.pop() ?? '';
        for (const message of messages) this.#hear(message);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  #hear(message: string): void {
    const lines = message.split('\n');
    const valueOf = (field: string) =>
      lines.find((line) => line.startsWith(`${field}: `))?.slice(field.length + 2);
    if (valueOf('event') === 'resync') return this.listener.onOpen();
    const data = valueOf('data');
    if (data !== undefined) this.listener.onEvent(JSON.parse(data) as AgentEvent);
  }
}
