import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refetchQueue } from './refetch-queue';

describe('refetchQueue', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('fetches a prefix once for many announcements within its pause', async () => {
    const fetched: string[] = [];
    const queue = refetchQueue(
      async (key) => fetched.push(key.join('/')),
      () => 1_000,
    );
    for (let count = 0; count < 50; count += 1) queue.add(['w', 'agents']);
    queue.add(['w', 'overview']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(fetched).toEqual(['w/agents', 'w/overview']);
  });

  it('fetches once more what was announced during a fetch', async () => {
    let started = 0;
    const queue = refetchQueue(
      async () => {
        started += 1;
        await new Promise((resolve) => setTimeout(resolve, 500));
      },
      () => 100,
    );
    queue.add(['w', 'agents']);
    await vi.advanceTimersByTimeAsync(200);
    queue.add(['w', 'agents']);
    queue.add(['w', 'agents']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(started).toBe(2);
  });
});
