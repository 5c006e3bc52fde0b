import { describe, expect, it } from 'vitest';
import { runGroups, type Scheduled } from './schedule';

/** Runs groups with three at once. @returns what began and ended, in order */
async function eventsOf(groups: readonly (readonly Scheduled[])[]): Promise<string[]> {
  const events: string[] = [];
  await runGroups(groups, 3, async ({ name }) => {
    events.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    events.push(`${name} ends`);
  });
  return events;
}

describe('the order of suites', () => {
  it('runs a group at the same time, and the next one when all of it has ended', async () => {
    expect(await eventsOf([[{ name: 'a' }, { name: 'b' }], [{ name: 'c' }]])).toEqual([
      'a begins',
      'b begins',
      'a ends',
      'b ends',
      'c begins',
      'c ends',
    ]);
  });

  it('lets one wait for another of its group', async () => {
    expect(await eventsOf([[{ name: 'a' }, { name: 'b', after: 'a' }]])).toEqual([
      'a begins',
      'a ends',
      'b begins',
      'b ends',
    ]);
  });

  it('refuses to wait for what does not stand before', async () => {
    const groups = [[{ name: 'a', after: 'b' }, { name: 'b' }]];
    await expect(eventsOf(groups)).rejects.toThrow('a waits for b');
  });
});
