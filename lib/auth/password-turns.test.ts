import { describe, expect, it } from 'vitest';
import { inTurn, PasswordsBusy } from './password-turns';

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('a lane for passwords', () => {
  it('lets one through at a time, in the order they came, and refuses who finds it full', async () => {
    const { opened, open } = gate();
    const seen: number[] = [];
    let running = 0;
    let most = 0;
    const all = Array.from({ length: 20 }, (_, n) =>
      inTurn('strangers', async () => {
        running += 1;
        most = Math.max(most, running);
        await opened;
        seen.push(n);
        running -= 1;
      }),
    );
    const settled = Promise.allSettled(all);
    await expect(inTurn('strangers', () => Promise.resolve(1))).rejects.toThrow(PasswordsBusy);
    expect(await inTurn('known', () => Promise.resolve('known'))).toBe('known');
    open();
    const refused = (await settled).filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(3);
    expect(most).toBe(1);
    expect(seen).toEqual(Array.from({ length: 17 }, (_, n) => n));
    expect(await inTurn('strangers', () => Promise.resolve('free again'))).toBe('free again');
  });

  it('goes on after one that failed', async () => {
    const failed = inTurn('known', () => Promise.reject(new Error('no')));
    const after = inTurn('known', () => Promise.resolve('next'));
    await expect(failed).rejects.toThrow('no');
    expect(await after).toBe('next');
  });
});
