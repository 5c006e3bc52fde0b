import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween, editProblems } from './argument-edits';
import type { Json } from './primitives';

const sent = {
  to: 'ada@example.org',
  amount: 120,
  notify: true,
  cc: null,
  lines: [
    { sku: 'a/1', n: 1 },
    { sku: 'b~2', n: 2 },
  ],
};

describe('what an edit changed', () => {
  it('is named by its place, with both values', () => {
    const edited = {
      ...sent,
      amount: 12,
      lines: [
        { sku: 'a/1', n: 1 },
        { sku: 'b~2', n: 3 },
      ],
    };
    expect(changesBetween(sent, edited)).toEqual([
      { path: '/amount', before: 120, after: 12 },
      { path: '/lines/1/n', before: 2, after: 3 },
    ]);
  });

  it('names what is no longer there, and what is new', () => {
    const edited = { ...sent, lines: [{ sku: 'a/1', 'n/m': 4 }] };
    expect(changesBetween(sent, edited)).toEqual([
      { path: '/lines/0/n', before: 1 },
      { path: '/lines/0/n~1m', after: 4 },
      { path: '/lines/1', before: { sku: 'b~2', n: 2 } },
    ]);
  });

  it('tells a list from an object, a text from a number, and empty from full', () => {
    expect(changesBetween({ a: [] }, { a: {} })).toEqual([{ path: '/a', before: [], after: {} }]);
    expect(changesBetween({ a: '1' }, { a: 1 })).toEqual([{ path: '/a', before: '1', after: 1 }]);
    expect(changesBetween({ a: [1] }, { a: [] })).toEqual([{ path: '/a', before: [1], after: [] }]);
  });

  it('is nothing exactly when the values are the same', () => {
    const values = fc.dictionary(
      fc.string({ maxLength: 4 }).filter((name) => name !== '__proto__'),
      fc.jsonValue({ maxDepth: 2 }).filter((value) => !JSON.stringify(value).includes('__proto__')),
      { maxKeys: 3 },
    ) as fc.Arbitrary<Record<string, Json>>;
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(changesBetween(a, JSON.parse(JSON.stringify(a)) as typeof a)).toEqual([]);
        expect(changesBetween(a, b).length === 0).toBe(sorted(a) === sorted(b));
      }),
      { seed: 2026 },
    );
  });
});

describe('an edit that does not fit', () => {
  it.each([
    ['leaves an argument out', { to: 'x', amount: 1, notify: true, cc: null }, '/lines'],
    ['adds one', { ...sent, bcc: 'x' }, '/bcc'],
    ['makes a number a text', { ...sent, amount: '120' }, '/amount'],
    ['makes a truth a number', { ...sent, notify: 1 }, '/notify'],
    ['makes a list an object', { ...sent, lines: {} }, '/lines'],
    ['makes a value null', { ...sent, to: null }, '/to'],
    ['changes a type inside', { ...sent, lines: [{ sku: 1, n: 1 }] }, '/lines/0/sku'],
  ])('%s', (_what, edited, path) => {
    expect(editProblems(sent, edited).map((problem) => problem.path)).toEqual([path]);
  });

  it('is none when values change and types stay, and null becomes something', () => {
    expect(editProblems(sent, { ...sent, amount: 0.5, cc: 'bob@example.org', lines: [] })).toEqual(
      [],
    );
  });
});

function sorted(value: Json): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
