import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Rounds } from './rounds';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Rounds that each lead to the next, as a report does that Belay announces to the gateway it came from. */
function chain(news: boolean) {
  let count = 0;
  const rounds: Rounds = new Rounds(() => {
    count += 1;
    rounds.soon();
    return Promise.resolve(news);
  });
  rounds.soon();
  return { rounds, count: () => count };
}

describe('looks at a server', () => {
  it('become rare while each of them finds something new', async () => {
    const { count } = chain(true);
    await vi.advanceTimersByTimeAsync(3_600_000);
    // 2 s, 4 s, ... 256 s, then every five minutes.
    expect(count()).toBe(19);
  });

  it('that find nothing new come once in a second at most, and none is forgotten', async () => {
    const { rounds, count } = chain(false);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(count()).toBe(11);
    for (let n = 0; n < 100; n += 1) rounds.soon();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(count()).toBe(12);
    rounds.end();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(count()).toBe(12);
  });
});
