import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveEvent } from '@/lib/contracts';
import { eventStream, type StreamClient } from './event-stream';

const event = (seq: number): LiveEvent => ({
  seq,
  type: 'decision.made',
  agentId: 'a',
  subjectId: null,
  at: '2026-01-01T00:00:00.000Z',
});

function open() {
  const abort = new AbortController();
  const free = vi.fn();
  let client: StreamClient | undefined;
  const stream = eventStream({
    signal: abort.signal,
    start: (opened) => {
      client = opened;
      return free;
    },
  });
  if (client === undefined) throw new Error('the stream did not start');
  return { abort, free, client, stream };
}

async function readAll(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text();
}

describe('a stream of events', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('writes each event with its number, so that a client can resume', async () => {
    const { client, stream } = open();
    client.send([event(7), event(8)]);
    client.end();
    const text = await readAll(stream);
    expect(text).toContain(`id: 7\ndata: ${JSON.stringify(event(7))}\n\n`);
    expect(text).toContain('id: 8\n');
  });

  it('says that it is still there when nothing happens', async () => {
    const { client, stream } = open();
    await vi.advanceTimersByTimeAsync(31_000);
    client.end();
    expect((await readAll(stream)).match(/^: still here$/gm)).toHaveLength(2);
  });

  it('frees its listener when the request is aborted, also when that comes twice', () => {
    const { abort, free, client } = open();
    abort.abort();
    client.end();
    expect(free).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('frees its listener when the body is cancelled', async () => {
    const { free, stream, client } = open();
    await stream.cancel();
    client.send([event(1)]);
    client.end();
    expect(free).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('drops a client that does not read, telling it to load again', async () => {
    const { client, free, stream } = open();
    for (let seq = 1; seq < 400; seq += 1) client.send([event(seq)]);
    expect(free).toHaveBeenCalledTimes(1);
    const text = await readAll(stream);
    expect(text.endsWith('event: resync\ndata: {}\n\n')).toBe(true);
    expect(text).not.toContain('id: 399\n');
  });

  it('is freed at once when the client was gone before it began', () => {
    const abort = new AbortController();
    abort.abort();
    const free = vi.fn();
    eventStream({ signal: abort.signal, start: () => free });
    expect(free).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
