import { describe, expect, it } from 'vitest';
import { binaryArray, type Cell, type ElementType } from './binary-array';
import { sql } from './pool';

/** What PostgreSQL read, as text. */
async function readBack(type: ElementType, values: readonly Cell[]): Promise<(string | null)[]> {
  const rows = await sql<{ value: string | null }>(
    `SELECT value::text FROM unnest($1::${type}[]) WITH ORDINALITY AS r (value, place) ORDER BY place`,
    [binaryArray(type, values)],
  );
  return rows.map(({ value }) => value);
}

const ID = '0199b3c4-7f1a-7d2e-8a3b-ffeeddccbbaa';

describe('an array in binary form', () => {
  it.each<[ElementType, readonly Cell[], readonly (string | null)[]]>([
    ['uuid', [ID, null, ID.toUpperCase(), ID.replaceAll('-', '')], [ID, null, ID, ID]],
    [
      'text',
      ['', 'a "quoted" {b}, \\c', 'Grüße, 漢字, \u{1f642}', null, 'NULL'],
      ['', 'a "quoted" {b}, \\c', 'Grüße, 漢字, \u{1f642}', null, 'NULL'],
    ],
    [
      'jsonb',
      ['{"a":[1,"x\\"y"]}', 'null', null, '"\u{1f642}"'],
      ['{"a": [1, "x\\"y"]}', 'null', null, '"\u{1f642}"'],
    ],
    ['json', ['{"b":1,  "a":2}', null], ['{"b":1,  "a":2}', null]],
    ['int2', [0, -32768, 32767, null], ['0', '-32768', '32767', null]],
    ['int4', [-1, 2147483647, -2147483648], ['-1', '2147483647', '-2147483648']],
    [
      'bigint',
      [0, -1, 4294967296, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
      ['0', '-1', '4294967296', '9007199254740991', '-9007199254740991'],
    ],
    ['float8', [0.1, -1e-300, 5e300, null], ['0.1', '-1e-300', '5e+300', null]],
    [
      'bytea',
      [Uint8Array.of(0, 1, 255), new Uint8Array(), 'aü', null],
      ['\\x0001ff', '\\x', '\\x61c3bc', null],
    ],
    ['uuid', [], []],
  ])('brings every %s over as it is', async (type, values, expected) => {
    expect(await readBack(type, values)).toEqual(expected);
  });

  it('brings times over to the millisecond, before and after 2000', async () => {
    const moments = [
      '2026-11-22T07:45:12.345Z',
      '1969-07-20T20:17:40.001Z',
      '2000-01-01T00:00:00Z',
    ];
    const rows = await sql<{ value: Date }>('SELECT unnest($1::timestamptz[]) AS value', [
      binaryArray('timestamptz', [...moments, ...moments.map((moment) => Date.parse(moment))]),
    ]);
    const expected = moments.map((moment) => new Date(moment));
    expect(rows.map(({ value }) => value)).toEqual([...expected, ...expected]);
  });

  it('holds more than it had room for at first', async () => {
    const long = 'ü'.repeat(300_000);
    expect(await readBack('text', [long, 'short', long])).toEqual([long, 'short', long]);
  });

  it.each<[ElementType, Cell]>([
    ['uuid', 'not-an-id'],
    ['uuid', `${ID}00`],
    ['uuid', ID.slice(0, -1)],
    ['uuid', 7],
    ['int4', 1.5],
    ['int4', 2 ** 31],
    ['int2', 40_000],
    ['bigint', 2 ** 53],
    ['float8', '1'],
    ['text', 1],
    ['bytea', 7],
    ['timestamptz', 'yesterday'],
  ])('refuses what is no %s: %s', (type, value) => {
    expect(() => binaryArray(type, [value])).toThrow(/expected a|out of range/);
  });
});
