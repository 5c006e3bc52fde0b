import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/contracts';
import { anchorOf, argumentRows, groupRows } from '../argument-rows';
import { dangersOf, sizeWords } from './dangers';
import type { KindCode } from './kind-code';
import { LATE_KINDS } from './kind-codes';
import { readingOf } from './kinds';

const CODES: Readonly<Partial<Record<string, KindCode>>> = {
  sql: await LATE_KINDS.sql(),
  http: await LATE_KINDS.http(),
};
const outside = { path: '/to/1', value: '', origin: 'third_party' as const };
const look = (name: string, args: Record<string, Json>, origins = [outside]) => {
  const rows = argumentRows(args, origins);
  const reading = readingOf({ name, sideEffect: 'write' }, rows);
  const of = reading === null ? null : { of: reading, check: CODES[reading.kind]?.check };
  return dangersOf(rows, of).map(({ row, position, lines, places, why }) => ({
    label: row.label,
    position,
    lines,
    places,
    why,
  }));
};

describe('what must not be overlooked', () => {
  it('names values that only text from outside has, with their place', () => {
    expect(look('mail.send', { to: ['a@x.example', 'b@y.example'], body: 'Hi' })).toEqual([
      {
        label: 'to[1]',
        position: 2,
        lines: [],
        places: 1,
        why: 'It stands only in text the agent read, not in the request.',
      },
    ]);
  });

  it('names the line of a hidden character far down in a text', () => {
    const body = `${'fine\n'.repeat(9_999)}pay\u202e now`;
    expect(look('mail.send', { to: 'a@x.example', body })).toEqual([
      {
        label: 'body',
        position: 2,
        lines: [10_000],
        places: 1,
        why: '1 hidden or look-alike passage in it.',
      },
    ]);
  });

  it('names a field whose name hides something', () => {
    expect(look('x', { 'am\u200bount': 1 })[0]?.why).toMatch(/name/);
  });

  it('names what a statement and an address would do', () => {
    expect(look('db.query', { sql: 'SELECT 1;\nDROP TABLE t' }).map(({ lines }) => lines)).toEqual([
      [2],
      [2],
    ]);
    expect(look('http.get', { url: 'http://api.example/' })[0]?.why).toMatch(/not encrypted/);
  });

  it('names what holds for many places once, with their number', () => {
    const sql = `${'DELETE FROM t;\n'.repeat(40)}DROP TABLE t`;
    expect(
      look('db.query', { sql }, []).map(({ why, lines, places }) => [why, lines, places]),
    ).toEqual([
      ['DELETE without WHERE: it covers every row.', [1, 2, 3], 40],
      ['41 statements are sent at once.', [2], 1],
      ['DROP removes it for good.', [41], 1],
    ]);
  });

  it('says nothing about an ordinary call', () => {
    expect(look('mail.send', { to: 'a@x.example', body: 'Hi' }, [])).toEqual([]);
  });
});

describe('the size of a call', () => {
  it('counts values and the lines of their texts', () => {
    expect(sizeWords(argumentRows({ a: 'x\ny\nz', b: 1 }, [])).size).toBe('2 values in 4 lines');
    expect(sizeWords(argumentRows({ a: 1 }, [])).size).toBe('1 value');
  });

  it('says what nobody checked, so that no mark is not taken for safe', () => {
    const checked = [{ path: '/a', value: '', origin: 'request' as const }];
    expect(sizeWords(argumentRows({ a: 1 }, checked)).unchecked).toBeNull();
    expect(sizeWords(argumentRows({ a: 1, b: 2 }, checked)).unchecked).toBe(
      'The origin of 1 value was not checked.',
    );
  });
});

describe('the way to a value', () => {
  it('is another for every path, in characters a link can have', () => {
    const paths = ['/a b', '/a:20:b', '/a', '/ä', '/a/b', '/a%20b', '/\ud800', 'resource/a'];
    const anchors = paths.map((path) => anchorOf({ path }));
    expect(new Set(anchors).size).toBe(paths.length);
    for (const anchor of anchors) expect(anchor).toMatch(/^[\w/.:-]+$/);
  });

  it('is never folded away', () => {
    const ids = Array.from({ length: 200 }, (_, index) => (index === 100 ? 'a\u200bb' : 'a'));
    const rows = argumentRows({ ids }, []);
    const marked = new Set(dangersOf(rows, null).map(({ row }) => row));
    const shown = groupRows(rows, marked).filter(({ kind }) => kind === 'rows');
    expect(shown.flatMap((group) => group.rows).map(({ label }) => label)).toContain('ids[100]');
  });
});
