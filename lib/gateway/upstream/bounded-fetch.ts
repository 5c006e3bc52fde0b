import type { FetchLike } from '@modelcontextprotocol/client';

/** A server sent more than one message may hold. */
export class MessageTooLarge extends Error {
  override readonly name = 'MessageTooLarge';
}

/**
 * A fetch whose answers to calls end with an error beyond `maxBytes`. A stream of announcements (GET) goes on for as long as it
 * lives, so there each message counts for itself.
 */
export function boundedFetch(
  maxBytes: number,
  headers: () => Readonly<Record<string, string>>,
): FetchLike {
  return async (url, init) => {
    const all = new Headers(init?.headers);
    for (const [name, value] of Object.entries(headers())) if (!all.has(name)) all.set(name, value);
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

function bound(maxBytes: number, stream: boolean): TransformStream<Uint8Array, Uint8Array> {
  let size = 0;
  let lastByte = 0;
  return new TransformStream({
    transform(chunk, controller) {
      for (const byte of stream ? chunk : []) {
        size = byte === 10 && lastByte === 10 ? 0 : size + 1;
        lastByte = byte;
      }
      if (!stream) size += chunk.byteLength;
      if (size > maxBytes)
        controller.error(new MessageTooLarge(`The server sent more than ${maxBytes} bytes.`));
      else controller.enqueue(chunk);
    },
  });
}
