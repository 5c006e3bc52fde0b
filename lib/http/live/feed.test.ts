import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveEvent } from '@/lib/contracts';
import { coalesce, Feed } from './feed';

const event = (seq: number, changes: Partial<LiveEvent> = {}): LiveEvent => ({
  seq,
  type: 'trust.changed',
  agentId: 'a',
  subjectId: null,
  at: '2026-01-01T00:00:00.000Z',
  ...changes,
});

describe('a batch of announcements', () => {
  it('keeps the newest of those that say the same, in order', () => {
    const events = [
      event(1),
      event(2, { agentId: 'b' }),
      event(3),
      event(4, { type: 'decision.made' }),
    ];
    expect(coalesce(events).map(({ seq }) => seq)).toEqual([2, 3, 4]);
  });
});

describe('the feed of a workspace', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function fakeOutbox() {
    const events: LiveEvent[] = [];
    const outbox = {
      head: vi.fn(() => Promise.resolve(events.at(-1)?.seq ?? 0)),
      read: vi.fn((_: string, seq: number) =>
        Promise.resolve(events.filter((item) => item.seq > seq)),
      ),
    };
    return { events, outbox };
  }

  it('reads once for all listeners, from the moment the first one came', async () => {
    const { events, outbox } = fakeOutbox();
    events.push(event(1));
    const feed = new Feed('w', outbox);
    const heard: number[][] = [[], []];
    heard.forEach((list) => feed.listen((news) => list.push(...news.map(({ seq }) => seq))));
    await vi.advanceTimersByTimeAsync(150);
    events.push(event(2), event(3, { agentId: 'b' }));
    await vi.advanceTimersByTimeAsync(150);
    expect(heard).toEqual([
      [2, 3],
      [2, 3],
    ]);
    expect(outbox.read.mock.calls.length).toBeLessThanOrEqual(4);
  });

  it('says from when on nothing is missed, to those who come first and to those who come later', async () => {
    const { events, outbox } = fakeOutbox();
    const feed = new Feed('w', outbox);
    const heard: string[] = [];
    const hear = (name: string) =>
      feed.listen(
        (news) => heard.push(...news.map(({ seq }) => `${name} ${seq}`)),
        () => heard.push(`${name} started`),
      );
    hear('first');
    expect(heard).toEqual([]);
    await vi.advanceTimersByTimeAsync(50);
    hear('second');
    events.push(event(1));
    await vi.advanceTimersByTimeAsync(150);
    expect(heard).toEqual(['first started', 'second started', 'first 1', 'second 1']);
  });

  it('stops reading when nobody listens any more, and starts again at the present', async () => {
    const { events, outbox } = fakeOutbox();
    const feed = new Feed('w', outbox);
    const stop = feed.listen(() => undefined);
    await vi.advanceTimersByTimeAsync(250);
    stop();
    await vi.advanceTimersByTimeAsync(250);
    const reads = outbox.read.mock.calls.length;
    events.push(event(1), event(2));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(outbox.read.mock.calls.length).toBe(reads);
    const heard = vi.fn();
    feed.listen(heard);
    await vi.advanceTimersByTimeAsync(250);
    expect(heard).not.toHaveBeenCalled();
  });

  it('goes on after the database was away, without losing anything', async () => {
    const { events, outbox } = fakeOutbox();
    const feed = new Feed('w', outbox);
    const heard: number[] = [];
    feed.listen((news) => heard.push(...news.map(({ seq }) => seq)));
    await vi.advanceTimersByTimeAsync(50);
    outbox.read.mockRejectedValueOnce(new Error('away'));
    events.push(event(1));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(heard).toEqual([1]);
  });
});
