/** One client's stream of server-sent events (WHATWG HTML, section 9.2): bounded, with a heartbeat, and freed when it ends. */
import type { LiveEvent } from '@/lib/contracts';

const HEARTBEAT_MS = 15_000;
/** What may wait for a slow client, in messages. */
const MOST_WAITING = 256;

/** Tells the client to load everything again: it may have missed something. */
const RESYNC = 'event: resync\ndata: {}\n\n';

export interface StreamSource {
  /** Called once, when the client is connected. @returns frees whatever feeds the stream */
  readonly start: (client: StreamClient) => () => void;
  /** Ends the stream when the client is gone. */
  readonly signal: AbortSignal;
  /** How often something is said when nothing happens; 15 s unless given. */
  readonly heartbeatMs?: number | undefined;
}

export interface StreamClient {
  readonly send: (events: readonly LiveEvent[]) => void;
  readonly resync: () => void;
  readonly end: () => void;
}

export function eventStream(source: StreamSource): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let release: () => void = () => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string) => controller.enqueue(encoder.encode(text));
        const client = openClient(source, {
          send,
          isFull: () => (controller.desiredSize ?? 0) <= 0,
          close: () => controller.close(),
        });
        release = client.release;
      },
      cancel: () => release(),
    },
    new CountQueuingStrategy({ highWaterMark: MOST_WAITING }),
  );
}

interface Pipe {
  readonly send: (text: string) => void;
  readonly isFull: () => boolean;
  readonly close: () => void;
}

function openClient(source: StreamSource, pipe: Pipe): { release: () => void } {
  let open = true;
  let free: () => void = () => undefined;
  const everyMs = source.heartbeatMs ?? HEARTBEAT_MS;
  const heartbeat = setInterval(() => write(': still here\n\n'), everyMs);
  // Frees everything; whoever cancelled the stream has closed it already.
  const release = () => {
    open = false;
    clearInterval(heartbeat);
    source.signal.removeEventListener('abort', end);
    free();
  };
  const end = () => {
    if (!open) return;
    release();
    pipe.close();
  };
  const write = (text: string) => {
    if (!open) return;
    pipe.send(text);
    if (!pipe.isFull()) return;
    pipe.send(RESYNC);
    end();
  };
  source.signal.addEventListener('abort', end);
  write('retry: 1000\n\n');
  free = source.start({
    send: (events) => write(events.map(messageOf).join('')),
    resync: () => write(RESYNC),
    end,
  });
  if (source.signal.aborted) end();
  else if (!open) free();
  return { release };
}

function messageOf(event: LiveEvent): string {
  return `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
}
