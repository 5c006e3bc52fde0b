import fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/contracts';
import { rowsOf } from '../argument-rows';
import type { KindCode } from './kind-code';
import { LATE_KINDS, PLAIN_KINDS } from './kind-codes';
import { readingOf } from './kinds';
import { type ReadingKind } from './kind-rules';
import { ReadingView } from './reading-view';

type Args = Record<string, Json>;

const late = await Promise.all(
  Object.entries(LATE_KINDS).map(async ([kind, load]) => [kind, await load()] as const),
);
const CODES: Readonly<Partial<Record<string, KindCode>>> = {
  ...PLAIN_KINDS,
  ...Object.fromEntries(late),
};

function codeOf(kind: ReadingKind): KindCode {
  const code = CODES[kind];
  if (code === undefined) throw new Error(`${kind} has no drawing`);
  return code;
}

/** The words of the drawn reading, without its markup; null when the call is shown by its fields. */
function drawn(
  name: string,
  args: Args,
  properties?: Args,
): { kind: ReadingKind; words: string } | null {
  const rows = rowsOf({
    action: { name, properties: { arguments: args } },
    resource: { type: 't', id: 'i', ...(properties === undefined ? {} : { properties }) },
    provenance: [],
  });
  const reading = readingOf({ name, sideEffect: 'write' }, rows);
  if (reading === null) return null;
  const markup = renderToStaticMarkup(
    createElement(ReadingView, {
      reading,
      sources: [],
      marked: new Set(rows),
      code: codeOf(reading.kind),
    }),
  );
  return { kind: reading.kind, words: markup.replace(/<[^>]*>/g, '') };
}

/** Arguments whose every value is a word that occurs once: `v0`, `v1`, ... between letters that end it. */
function numbered(shape: Json, next: { value: number }): Json {
  if (Array.isArray(shape)) return shape.map((item) => numbered(item, next));
  if (shape !== null && typeof shape === 'object')
    return Object.fromEntries(
      Object.entries(shape).map(([key, value]) => [key, numbered(value, next)]),
    );
  return `v${next.value++}z`;
}

const KEYS = [
  ...['to', 'recipients', 'cc', 'bcc', 'subject', 'body', 'attachments', 'from'],
  ...['amount', 'total', 'currency', 'currency_code', 'iban', 'reference', 'date'],
  ...['sql', 'query', 'params', 'database', 'url', 'uri', 'method', 'headers', 'data'],
  ...['path', 'patch', 'before', 'old', 'after', 'new', 'changes', 'set', 'id', 'note'],
];
const TOOLS = ['mail.send', 'payments.pay', 'db.query', 'http.request', 'file.edit', 'crm.update'];

describe('a drawn reading', () => {
  it('shows every value of the call, in its place or under what is also sent', () => {
    const leaf = fc.constant('x') as fc.Arbitrary<Json>;
    const inner = fc.constantFrom('from', 'to', 'old', 'new', 'city', 'name');
    const value: fc.Arbitrary<Json> = fc.oneof(
      { weight: 3, arbitrary: leaf },
      fc.array(leaf, { minLength: 1, maxLength: 4 }),
      fc.dictionary(inner, fc.oneof(leaf, fc.dictionary(inner, leaf, { minKeys: 1 })), {
        minKeys: 1,
      }),
    );
    const shape = fc.dictionary(fc.constantFrom(...KEYS), value, { minKeys: 2, maxKeys: 12 });
    const seen = new Set<ReadingKind>();
    fc.assert(
      fc.property(shape, shape, fc.constantFrom(...TOOLS), (args, properties, tool) => {
        const next = { value: 0 };
        const sent = numbered(args, next) as Args;
        const said = numbered(properties, next) as Args;
        const reading = drawn(tool, sent, said);
        if (reading === null) return;
        seen.add(reading.kind);
        for (let value = 0; value < next.value; value += 1)
          expect(reading.words).toContain(`v${value}z`);
      }),
      { numRuns: 200, seed: 7 },
    );
    expect([...seen].sort()).toEqual(['diff', 'email', 'http', 'record', 'sql', 'transfer']);
  }, 60_000);

  it('never makes markup, links or pictures of what the agent sent', () => {
    const rows = rowsOf({
      action: {
        name: 'mail.send',
        properties: {
          arguments: {
            to: 'a@x.example',
            body: '<img src=https://x.example/p.png> [here](https://x.example) ![](https://x.example/p)',
          },
        },
      },
      resource: { type: 't', id: 'i' },
      provenance: [],
    });
    const reading = readingOf({ name: 'mail.send', sideEffect: 'write' }, rows);
    if (reading === null) throw new Error('this is an e-mail');
    const markup = renderToStaticMarkup(
      createElement(ReadingView, {
        reading,
        sources: [],
        marked: new Set<never>(),
        code: codeOf('email'),
      }),
    );
    expect(markup).toContain('&lt;img src=');
    expect(markup).not.toMatch(/<img|<a |href=|src="/);
  });

  it('shows an amount and its currency exactly as they were sent', () => {
    expect(drawn('payments.pay', { amount: '012,400.50', currency: 'eur' })?.words).toContain(
      '012,400.50eur',
    );
    for (const bare of [5, '5', '1e5', '5 pieces'])
      expect(drawn('payments.pay', { amount: bare })?.words).toContain('no currency is sent');
    for (const named of ['1049.00 EUR', 'USD5', '\u20ac 12'])
      expect(drawn('payments.pay', { amount: named })?.words).not.toContain('no currency');
  });

  it('says in words what a statement would do', () => {
    expect(drawn('db.query', { sql: 'DELETE FROM t' })?.words).toContain(
      'DELETE without WHERE: it covers every row.',
    );
  });

  it('says that the values before are the agent`s word', () => {
    const words = drawn('crm.update', {
      before: { city: 'Oslo' },
      after: { city: 'Bergen' },
    })?.words;
    expect(words).toContain('Belay does not know the record');
    expect(words).toMatch(/city.*Oslo.*Bergen/);
  });

  it('shows a hidden character as a mark, also inside a keyword', () => {
    const words = drawn('db.query', { sql: 'DR\u200bOP TABLE t' })?.words;
    expect(words).toContain('zero width space');
  });
});
