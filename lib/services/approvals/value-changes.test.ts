import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/contracts';
import { type ComparedCall, valueChanges } from './value-changes';

const call = (args: Record<string, Json>, id = 'r-1'): ComparedCall => ({
  arguments: args,
  resource: { type: 'record', id },
});

describe('the difference between two calls', () => {
  it('tells what changed, came, went and stayed, in that order', () => {
    const { counts, changes } = valueChanges(
      call({ to: ['a', 'b'], note: 'x', same: 1 }),
      call({ to: ['a', 'c'], amount: 5, same: 1 }),
    );
    expect(counts).toEqual({ changed: 1, new: 1, gone: 1, same: 4 });
    expect(changes).toEqual([
      { path: '/to/1', change: 'changed', was: 'b', is: 'c' },
      { path: '/amount', change: 'new', is: 5 },
      { path: '/note', change: 'gone', was: 'x' },
      { path: '/to/0', change: 'same', was: 'a', is: 'a' },
      { path: '/same', change: 'same', was: 1, is: 1 },
      { path: 'resource/type', change: 'same', was: 'record', is: 'record' },
      { path: 'resource/id', change: 'same', was: 'r-1', is: 'r-1' },
    ]);
  });

  it('tells text from a number, and an empty list from none', () => {
    const { changes } = valueChanges(
      call({ a: '5', b: [], '': null }),
      call({ a: 5, b: {}, '': null }),
    );
    expect(changes.filter(({ change }) => change === 'changed').map(({ path }) => path)).toEqual([
      '/a',
      '/b',
    ]);
  });

  it('compares what the call is about', () => {
    const now: ComparedCall = {
      arguments: {},
      resource: { type: 'record', id: 'r-2', properties: { 'a/b~c': true } },
    };
    expect(valueChanges(call({}), now).changes.slice(0, 2)).toEqual([
      { path: 'resource/id', change: 'changed', was: 'r-1', is: 'r-2' },
      { path: 'resource/properties/a~1b~0c', change: 'new', is: true },
    ]);
  });

  it('counts everything where it cannot list everything', () => {
    const many = (from: number) =>
      Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`k${index}`, index + from]));
    const { counts, changes } = valueChanges(call(many(0)), call(many(1)));
    expect(counts.changed).toBe(900);
    expect(changes).toHaveLength(500);
  });

  it('survives a depth of ten thousand', () => {
    let deep: Json = 'end';
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    expect(valueChanges(call({}), call({ deep })).counts.new).toBe(1);
  });
});
