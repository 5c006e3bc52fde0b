import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/contracts';
import { fieldsOf, readDrafts } from './edit-draft';

const sent = {
  to: 'ada@example.org',
  body: 'one\ntwo',
  raw: 'one\r\ntwo',
  hidden: 'pay\u200bpal',
  amount: 120,
  notify: true,
  cc: null,
  lines: [1],
};

describe('the fields of a call', () => {
  it('have a box for their type', () => {
    expect(fieldsOf(sent).map(({ name, kind }) => [name, kind])).toEqual([
      ['to', 'text'],
      ['body', 'text'],
      ['raw', 'escaped'],
      ['hidden', 'escaped'],
      ['amount', 'number'],
      ['notify', 'boolean'],
      ['cc', 'json'],
      ['lines', 'json'],
    ]);
  });

  it('show what cannot be seen as escapes', () => {
    const initial = (name: string) => fieldsOf(sent).find((field) => field.name === name)?.initial;
    expect(initial('hidden')).toBe('"pay\\u200bpal"');
    expect(initial('raw')).toBe('"one\\r\\ntwo"');
  });

  it('give back exactly what was sent while nobody types, also when the same is typed again', () => {
    const values = fc.dictionary(
      fc.string().filter((name) => name !== '__proto__'),
      fc.jsonValue(),
    ) as fc.Arbitrary<Record<string, Json>>;
    fc.assert(
      fc.property(values, (args) => {
        const again = new Map(fieldsOf(args).map(({ name, initial }) => [name, initial]));
        expect(readDrafts(args, new Map())).toEqual({ edited: args, mistakes: new Map() });
        expect(readDrafts(args, again)).toEqual({ edited: args, mistakes: new Map() });
      }),
      { seed: 2026 },
    );
  });
});

describe('what was typed', () => {
  it.each([
    ['to', '12', '12'],
    ['raw', '"a\\r\\nb"', 'a\r\nb'],
    ['amount', ' 12.50 ', 12.5],
    ['notify', 'false', false],
    ['cc', '"x"', 'x'],
    ['lines', '[1, {"a": "12345678901234567890"}]', [1, { a: '12345678901234567890' }]],
  ])('in %s is read by its type', (name, draft, value) => {
    const { edited, mistakes } = readDrafts(sent, new Map([[name, draft]]));
    expect(mistakes.size).toBe(0);
    expect(edited).toEqual({ ...sent, [name]: value });
  });

  it.each([
    ['amount', '12,5', /such as/],
    ['amount', '', /such as/],
    ['amount', '0x10', /such as/],
    ['amount', '12345678901234567', /digits/],
    ['amount', '1e999', /digits/],
    ['raw', 'no quotes', /double quotes/],
    ['lines', '[1', /not JSON/],
    ['lines', '[12345678901234567890]', /digits/],
  ])('in %s as %j is a mistake, and changes nothing', (name, draft, mistake) => {
    const read = readDrafts(sent, new Map([[name, draft]]));
    expect(read.mistakes.get(name)).toMatch(mistake);
    expect(read.edited).toEqual(sent);
  });
});
