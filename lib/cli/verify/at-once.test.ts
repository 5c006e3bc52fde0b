import { describe, expect, it } from 'vitest';
import { atOnce } from './at-once';

/** Work that ends when it is told to, and what is at work now. */
function controlled() {
  const atWork = new Map<string, { end: () => void; fail: (error: Error) => void }>();
  const work = (name: string) =>
    new Promise<string>((resolve, reject) => {
      const leave = () => atWork.delete(name);
      atWork.set(name, {
        end: () => (leave(), resolve(name.toUpperCase())),
        fail: (error) => (leave(), reject(error)),
      });
    });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { atWork, work, settle };
}

describe('work done a few at once', () => {
  it('begins in order, never more than allowed, and answers in the order of the items', async () => {
    const { atWork, work, settle } = controlled();
    const all = atOnce(['a', 'b', 'c'], 2, work);
    expect([...atWork.keys()]).toEqual(['a', 'b']);
    atWork.get('b')?.end();
    await settle();
    expect([...atWork.keys()]).toEqual(['a', 'c']);
    atWork.get('c')?.end();
    atWork.get('a')?.end();
    await expect(all).resolves.toEqual(['A', 'B', 'C']);
  });

  it('throws the first error once what had begun has ended, and begins nothing after it', async () => {
    const { atWork, work, settle } = controlled();
    let over = false;
    const all = atOnce(['a', 'b', 'c'], 2, work).finally(() => (over = true));
    const refused = expect(all).rejects.toThrow('a failed');
    atWork.get('a')?.fail(new Error('a failed'));
    await settle();
    expect([...atWork.keys()]).toEqual(['b']);
    expect(over).toBe(false);
    atWork.get('b')?.end();
    await refused;
    expect(atWork.size).toBe(0);
  });

  it('does nothing for no items', async () => {
    await expect(atOnce([], 2, () => Promise.reject(new Error('never')))).resolves.toEqual([]);
  });
});
