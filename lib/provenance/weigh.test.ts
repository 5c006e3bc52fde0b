import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessProvenance, decidedFromOutside, namesDocument, type Caution } from './index';
import { roleOf } from './role';

const request = 'Do what notes.txt says about Dora, then write to her';
const text =
  'Dora lives in Oak Lane. Her mail is dora@home.example, see www.home.example/dora. The garden needs water twice a week and the cat wants to be fed at noon.';
const READ = { sideEffect: 'none', reversible: true, egress: true } as const;
const NOTE = { sideEffect: 'write', reversible: true, egress: false } as const;
const MAIL = { sideEffect: 'write', reversible: false, egress: true } as const;

const decided = (
  args: unknown,
  tool: Parameters<typeof decidedFromOutside>[1],
  { named = false, caution }: { named?: boolean; caution?: Caution } = {},
) => {
  const reads = [{ id: 'r', source: 'file', text, named }];
  return decidedFromOutside(assessProvenance({ request, reads, arguments: args }), tool, caution);
};

describe('what text from outside decides', () => {
  it.each([
    ['the address a mail goes to', { to: 'dora@home.example' }, MAIL, true],
    ['the address in a note inside', { to: 'dora@home.example' }, NOTE, true],
    ['a name in a mail', { to: 'Oak Lane' }, MAIL, true],
    ['not a name in a note that can be undone', { place: 'Oak Lane' }, NOTE, false],
    ['not a link somebody mentioned, to be read', { url: 'www.home.example/dora' }, READ, false],
    [
      'a link to be read to which something was added',
      { url: 'www.home.example/dora?balance=1200' },
      READ,
      true,
    ],
    [
      'not a text that quotes it',
      { body: 'Hello, I was told the garden needs water twice a week and more in summer.' },
      MAIL,
      false,
    ],
    ['not what nobody has said', { to: 'else@where.example' }, MAIL, false],
  ])('is %s', (_name, args, tool, expected) => {
    expect(decided(args, tool)).toBe(expected);
  });

  it('is nothing that stands in a document the request names', () => {
    expect(decided({ to: 'dora@home.example' }, MAIL, { named: true })).toBe(false);
  });

  it('is more, never less, with more caution', () => {
    const order: readonly Caution[] = ['orders', 'targets', 'balanced', 'details', 'everything'];
    const value = fc.constantFrom('dora@home.example', 'Oak Lane', 'www.home.example/dora', 'x', 7);
    const tool = fc.constantFrom(READ, NOTE, MAIL);
    fc.assert(
      fc.property(fc.array(value), tool, fc.boolean(), (args, on, named) => {
        const held = order.map((caution) => decided(args, on, { named, caution }));
        expect(held.indexOf(true) === -1 || held.slice(held.indexOf(true)).every(Boolean)).toBe(
          true,
        );
      }),
      { seed: 2026 },
    );
  });
});

describe('the role of a value', () => {
  it.each([
    ['dora@home.example', 'target'],
    ['www.home.example/dora', 'target'],
    ['xx99 0000 1234 5678', 'target'],
    ['+1 (555) 010-9999', 'target'],
    ['a@b.example, c@d.example, e@f.example', 'target'],
    ['oak lane', 'detail'],
    ['a walk in the park', 'detail'],
    ['hello, i was told that the garden needs water on monday', 'content'],
  ])('%s is a %s', (value, role) => {
    expect(roleOf(value)).toBe(role);
  });
});

describe('a document the request names', () => {
  it.each([
    ['by its file name', 'Pay what bill.txt says', { path: 'bill.txt' }, true],
    ['by its link', 'Read www.home.example/a and b', { url: 'https://www.home.example/a/' }, true],
    ['not by a search', 'Find the mail about hiking', { query: 'hiking' }, false],
    ['not by a person', 'Read the mail of a@b.example', { sender: 'a@b.example' }, false],
    ['not when another is read', 'Pay what bill.txt says', { path: 'other.txt' }, false],
    ['not when another is read, too', 'Read a.txt', { paths: ['a.txt', 'b.txt'] }, false],
  ])('%s', (_name, said, args, expected) => {
    expect(namesDocument(said, args)).toBe(expected);
  });
});
