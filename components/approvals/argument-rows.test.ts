import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/contracts';
import { rowsOf, argumentRows, groupRows } from './argument-rows';

const origin = (path: string, kind: 'request' | 'third_party') => ({
  path,
  value: '',
  origin: kind,
});

describe('argument rows', () => {
  it('gives every value a row with its place, in their order', () => {
    const rows = argumentRows(
      { to: ['a@x', 'b@y'], options: { dry: false, 'odd key': null }, empty: [] },
      [],
    );
    expect(rows.map((row) => [row.path, row.label, row.value.text])).toEqual([
      ['/to/0', 'to[0]', 'a@x'],
      ['/to/1', 'to[1]', 'b@y'],
      ['/options/dry', 'options.dry', 'false'],
      ['/options/odd key', 'options["odd key"]', 'null'],
      ['/empty', 'empty', '[]'],
    ]);
  });

  it('tells text that looks like a number from the number', () => {
    const rows = argumentRows({ a: '50', b: 50 }, []);
    expect(rows.map((row) => row.value.kind)).toEqual(['string', 'literal']);
  });

  it('escapes slashes and tildes in pointers', () => {
    expect(argumentRows({ 'a/b~c': 1 }, [])[0]?.path).toBe('/a~1b~0c');
  });

  it('marks a value by its own origin, else by that of the branch above', () => {
    const rows = argumentRows({ to: ['a', 'b'] }, [
      origin('/to', 'request'),
      origin('/to/1', 'third_party'),
    ]);
    expect(rows.map((row) => row.origin?.origin)).toEqual(['request', 'third_party']);
  });

  it('survives a depth of ten thousand', () => {
    let deep: Json = 'end';
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    expect(argumentRows({ deep }, [])[0]?.value.text).toBe('end');
  });
});

describe('folding of rows', () => {
  const many = argumentRows({ ids: Array.from({ length: 12_000 }, (_, index) => index) }, [
    origin('/ids/6000', 'third_party'),
  ]);

  it('keeps both ends of a long list and loses nothing', () => {
    const groups = groupRows(many);
    expect(groups.flatMap((group) => group.rows)).toEqual(many);
    expect(groups[0]?.rows[0]?.label).toBe('ids[0]');
    expect(groups.at(-1)?.kind).toBe('rows');
    expect(groups.at(-1)?.rows.at(-1)?.label).toBe('ids[11999]');
  });

  it('never folds away a value that came only from outside text', () => {
    const shown = groupRows(many).filter((group) => group.kind === 'rows');
    expect(shown.flatMap((group) => group.rows).map((row) => row.label)).toContain('ids[6000]');
  });

  it('leaves short arguments alone', () => {
    const groups = groupRows(argumentRows({ a: 1, b: [1, 2] }, []));
    expect(groups.every((group) => group.kind === 'rows')).toBe(true);
  });

  it('shows what the agent says of the resource: it is approved with the rest', () => {
    const rows = rowsOf({
      action: { name: 'pay', properties: { arguments: { resource: { properties: 1 } } } },
      resource: { type: 'payment', id: 'p-1', properties: { iban: 'XX99', amount: 900_000 } },
      provenance: [origin('resource/properties/iban', 'third_party')],
    });
    expect(rows.map(({ label, value, origin: from }) => [label, value.text, from?.origin])).toEqual(
      [
        ['resource.properties', '1', undefined],
        ['resource.iban', 'XX99', 'third_party'],
        ['resource.amount', '900000', undefined],
      ],
    );
  });
});
