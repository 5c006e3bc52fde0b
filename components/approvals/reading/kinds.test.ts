import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/contracts';
import { argumentRows, rowsOf } from '../argument-rows';
import { type Reading, readingOf } from './kinds';

type Args = Record<string, Json>;

const read = (name: string, args: Args, sideEffect: 'write' | 'none' = 'write') =>
  readingOf({ name, sideEffect }, argumentRows(args, []));
const slotsOf = (reading: Reading | null) =>
  Object.fromEntries(
    (reading?.slots ?? []).map(({ slot, rows }) => [slot, rows.map((row) => row.value.text)]),
  );

describe('the kind of a call', () => {
  it.each<[string, Args, string]>([
    ['mail.send', { to: 'a@x.example', text: 'Hi' }, 'email'],
    ['notify', { to: ['a@x.example'], subject: 'Hi', body: 'There' }, 'email'],
    ['payments.transfer', { amount: 12, iban: 'XX12' }, 'transfer'],
    ['move_funds', { amount: '12.50', currency: 'EUR', to: 'XX12' }, 'transfer'],
    ['warehouse.query', { query: 'SHOW TABLES' }, 'sql'],
    ['run', { command: 'delete from t' }, 'sql'],
    ['http.request', { url: 'https://a.example' }, 'http'],
    ['call', { url: 'https://a.example', method: 'POST' }, 'http'],
    ['repo.apply', { path: 'a.ts', patch: '@@ -1 +1 @@\n-a\n+b' }, 'diff'],
    ['file.edit', { old_string: 'a', new_string: 'b' }, 'diff'],
    [
      'crm.updateContact',
      { id: 'c-1', changes: { city: { from: 'Oslo', to: 'Bergen' } } },
      'record',
    ],
    ['anything', { before: { city: 'Oslo' }, after: { city: 'Bergen' } }, 'record'],
  ])('%s %j is read as %s: %s', (name, args, kind) => {
    expect(read(name, args)?.kind).toBe(kind);
  });

  it.each<[string, Args]>([
    ['calendar.create', { title: 'Lunch', minutes: 45 }],
    ['notify', { to: 'a@x.example' }],
    ['search', { query: 'how to delete from a list' }],
    ['payments.transfer', { iban: 'XX12' }],
  ])('%s %j is shown by its fields', (name, args) => {
    expect(read(name, args)).toBeNull();
  });

  it('takes the catalogue at its word: a tool that only reads sends no mail', () => {
    expect(read('mail.search', { to: 'a@x.example' }, 'none')).toBeNull();
  });

  it('is not moved by what the agent says of the resource', () => {
    const rows = rowsOf({
      action: { name: 'x', properties: { arguments: { note: 'n' } } },
      resource: {
        type: 't',
        id: 'i',
        properties: { to: 'a@x.example', subject: 'Hi', body: 'There' },
      },
      provenance: [],
    });
    expect(readingOf({ name: 'x', sideEffect: 'write' }, rows)).toBeNull();
  });
});

describe('the slots of a reading', () => {
  it('take every argument of their meaning, whatever the style of its name', () => {
    const reading = read('mail.send', {
      To: ['a@x.example'],
      recipients: [{ email: 'b@x.example' }],
      replyTo: 'c@x.example',
      body: 'Hi',
      track: true,
    });
    expect(slotsOf(reading)).toEqual({
      to: ['a@x.example', 'b@x.example'],
      reply: ['c@x.example'],
      body: ['Hi'],
    });
    expect(reading?.rest.map(({ label }) => label)).toEqual(['track']);
  });

  it('take one statement: a second one is listed with the rest', () => {
    const reading = read('db.run', { sql: 'SELECT 1', query: 'DROP TABLE t' });
    expect(slotsOf(reading)).toEqual({ statement: ['SELECT 1'] });
    expect(reading?.rest.map(({ value }) => value.text)).toEqual(['DROP TABLE t']);
  });

  it('hold every value exactly once, with the rest, whatever is sent', () => {
    const key = fc.constantFrom(
      ...['to', 'cc', 'subject', 'body', 'amount', 'currency', 'iban', 'sql', 'query', 'url'],
      ...['method', 'headers', 'patch', 'before', 'after', 'path', 'changes', 'id', 'x', 'a/b~c'],
    );
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const value = fc.oneof(leaf, fc.array(leaf), fc.dictionary(key, leaf)) as fc.Arbitrary<Json>;
    const tool = fc.constantFrom(
      'mail.send',
      'db.query',
      'pay',
      'http.post',
      'file.edit',
      'update',
    );
    fc.assert(
      fc.property(
        fc.dictionary(key, value),
        fc.dictionary(key, value),
        tool,
        (args, more, name) => {
          const rows = rowsOf({
            action: { name, properties: { arguments: args } },
            resource: { type: 't', id: 'i', properties: more },
            provenance: [],
          });
          const reading = readingOf({ name, sideEffect: 'write' }, rows);
          if (reading === null) return;
          const shown = [...reading.slots.flatMap((slot) => slot.rows), ...reading.rest];
          expect(shown.map(({ path }) => path).sort()).toEqual(rows.map(({ path }) => path).sort());
          expect(reading.slots.every((slot) => slot.rows.length > 0)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
