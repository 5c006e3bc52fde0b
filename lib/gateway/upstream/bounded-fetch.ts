import type { FetchLike } from '@modelcontextprotocol/client';

/** A server sent more than one message may hold. */
class MessageTooLarge extends Error {
  override readonly name = 'MessageTooLarge';
}

/** Headers of single calls. The library lets nobody set `Authorization` for one request, so a call carries a word to find them by. */
export class CallHeaders {
  static readonly WORD = 'belay-call';
  readonly #kept = new Map<string, Readonly<Record<string, string>>>();

  /** @returns the header to send with the call, and what to do when it is over */
  keep(headers: Readonly<Record<string, string>>): {
    readonly carried: Record<string, string>;
    readonly end: () => void;
  } {
    if (Object.keys(headers).length === 0) return { carried: {}, end: () => undefined };
    const word = crypto.randomUUID();
    this.#kept.set(word, headers);
    return { carried: { [CallHeaders.WORD]: word }, end: () => this.#kept.delete(word) };
  }

  /** Puts the headers of the call in the place of its word. */
  apply(headers: Headers): void {
    const kept = this.#kept.get(headers.get(CallHeaders.WORD) ?? '');
    headers.delete(CallHeaders.WORD);
    for (const [name, value] of Object.entries(kept ?? {})) headers.set(name, value);
  }
}

/**
 * A fetch whose answers to calls end with an error beyond `maxBytes`. A stream of announcements (GET) goes on for as long as it
 * lives, so there each message counts for itself.
 *
 * @param constant headers of every request
 */
export function boundedFetch(
  maxBytes: number,
  constant: Readonly<Record<string, string>>,
  ofCalls: CallHeaders,
): FetchLike {
  return async (url, init) => {
    const all = new Headers(init?.headers);
    for (const [name, value] of Object.entries(constant)) if (!all.has(name)) all.set(name, value);
    ofCalls.apply(all);
    const response = await fetch(url, { ...init, headers: all });
    if (response.body === null) return response;
    const bounded = response.body.pipeThrough(bound(maxBytes, (init?.method ?? 'GET') === 'GET'));
    return new Response(bounded, {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };
}

const LF = 10;
const CR = 13;

function bound(maxBytes: number, stream: boolean): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  /** Nothing stands on this line of the stream so far. Lines end with LF or CRLF, and an empty one ends a message. */
  let empty = false;
  return new TransformStream({
    transform(chunk, controller) {
      for (const byte of stream ? chunk : []) {
        size = byte === LF && empty ? 0 : size + 1;
        if (byte !== CR) empty = byte === LF;
      }
      if (!stream) size += chunk.byteLength;
      if (size > maxBytes)
        controller.error(new MessageTooLarge(`The server sent more than ${maxBytes} bytes.`));
      else controller.enqueue(chunk);
    },
  });
}
