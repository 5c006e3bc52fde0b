import { describe, expect, it } from 'vitest';
import { abortable, pauseMs, sleep } from './waiting';

describe('the pause before the next try', () => {
  it('is anything up to a bound that doubles, and never grows beyond five seconds', () => {
    const bounds = [1, 2, 3, 4, 20].map((tries) => pauseMs(tries, 1, undefined));
    expect(bounds).toEqual([100, 200, 400, 800, 5_000]);
    expect(pauseMs(4, 0, undefined)).toBe(0);
    expect(pauseMs(4, 0.5, undefined)).toBe(400);
  });

  it('comes after what the server asks for, and not at all when that is too long', () => {
    expect(pauseMs(1, 0.5, 2_000)).toBe(2_050);
    expect(pauseMs(1, 0.5, 61_000)).toBeUndefined();
  });
});

describe('waiting', () => {
  it('ends with the reason of whoever gives up', async () => {
    const gone = new AbortController();
    const waits = [sleep(60_000, gone.signal), abortable(new Promise(() => {}), gone.signal)];
    gone.abort(new Error('enough'));
    for (const wait of waits) await expect(wait).rejects.toThrow('enough');
    await expect(abortable(Promise.resolve(1), gone.signal)).rejects.toThrow('enough');
  });

  it('ends with its work when nobody gives up', async () => {
    const { signal } = new AbortController();
    expect(await abortable(Promise.resolve('done'), signal)).toBe('done');
    await expect(abortable(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
  });
});
