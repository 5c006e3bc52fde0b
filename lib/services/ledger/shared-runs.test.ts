import { describe, expect, it } from 'vitest';
import { SharedRuns } from './shared-runs';

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('a run that is shared', () => {
  it('is the next one for everybody who comes while one is under way, and never two at once', async () => {
    const runs = new SharedRuns<number>(1);
    const { opened, open } = gate();
    let begun = 0;
    let running = 0;
    let most = 0;
    const ask = (name = 'ledger') =>
      runs.ask(name, async () => {
        const n = (begun += 1);
        running += 1;
        most = Math.max(most, running);
        await opened;
        running -= 1;
        return n;
      });
    const first = ask();
    const meanwhile = [ask(), ask(), ask()];
    open();
    expect(await first).toBe(1);
    expect(await Promise.all(meanwhile)).toEqual([2, 2, 2]);
    expect(most).toBe(1);
    expect(await ask()).toBe(3);
  });

  it('does not wait for another name, and goes on after a failure', async () => {
    const runs = new SharedRuns<string>(1);
    const { opened, open } = gate();
    const held = runs.ask('a', () => opened.then(() => 'a'));
    expect(await runs.ask('b', () => Promise.resolve('b'))).toBe('b');
    open();
    expect(await held).toBe('a');
    const failed = runs.ask('c', () => Promise.reject(new Error('no')));
    const after = runs.ask('c', () => Promise.resolve('c'));
    await expect(failed).rejects.toThrow('no');
    expect(await after).toBe('c');
  });

  it('pauses as long as a run took', async () => {
    const runs = new SharedRuns<number>();
    const slow = () => new Promise<number>((resolve) => setTimeout(() => resolve(1), 120));
    const started = performance.now();
    await runs.ask('a', slow);
    await runs.ask('a', () => Promise.resolve(2));
    expect(performance.now() - started).toBeGreaterThan(220);
  });
});
