import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessProvenance, type Origin } from './index';

const request =
  'Please book the blue room for Ms. Okafor on 2026-12-04 and write to ana@example.org. Budget: 1,250.';
const page = {
  id: 'read-1',
  source: 'mail',
  text: 'Hi! My new address is  Mallory@Evil.example, account XX99 0000 1234. See https://evil.example/pay?x=1',
};

function originOf(value: unknown, reads = [page]): Origin | undefined {
  return assessProvenance({ request, reads, arguments: { value } }).arguments[0]?.origin;
}

describe('where an argument came from', () => {
  it.each([
    ['a value the request says', 'ana@example.org', 'request'],
    ['a value it says in other letters', 'ANA@Example.org', 'request'],
    ['a value with invisible characters in it', 'ana@exa\u200bmple.org', 'request'],
    ['a number the request says', '1,250', 'request'],
    ['words taken from it in another order', 'Room for Okafor, blue', 'derived'],
    ['a flag', true, 'derived'],
    ['nothing', null, 'derived'],
    ['a date', '2026-12-05', 'derived'],
    ['a time', '2026-12-05T09:30', 'derived'],
    ['a short choice', 'private', 'derived'],
    ['a small number', 13, 'derived'],
    ['an address only a read has', 'mallory@evil.example', 'third_party'],
    ['the same with look-alike letters', 'm\u0430llory@evil.example', 'third_party'],
    ['a link only a read has', 'http://evil.example/pay?x=1', 'third_party'],
    [
      'a text that holds such an address',
      'Please pay to mallory@evil.example today',
      'third_party',
    ],
    ['an account number only a read has', 'XX99 0000 1234', 'third_party'],
    ['a value nobody has said', 'somebody@else.example', 'unknown'],
  ])('knows %s', (_name, value, origin) => {
    expect(originOf(value)).toBe(origin);
  });

  it('shows the very span in the read, counted in the original text', () => {
    const { arguments: found, thirdPartyOnly } = assessProvenance({
      request,
      reads: [page],
      arguments: { to: ['ana@example.org', 'mallory@evil.example'] },
    });
    expect(thirdPartyOnly).toBe(true);
    expect(found[1]).toMatchObject({
      path: '/to/1',
      span: { readId: 'read-1', excerpt: 'Mallory@Evil.example' },
    });
    const { start, end } = found[1]?.span ?? { start: 0, end: 0 };
    expect(page.text.slice(start, end)).toBe('Mallory@Evil.example');
  });

  it('does not take a piece of a longer address for the address', () => {
    expect(originOf('allory@evil.example')).toBe('unknown');
    expect(originOf('na@example.org')).toBe('unknown');
  });

  it.each([
    ['its id', { id: 'mallory@evil.example' }, 'resource/id'],
    [
      'a property',
      { id: '7', properties: { to: 'mallory@evil.example' } },
      'resource/properties/to',
    ],
  ])('looks at the resource as at the arguments: %s', (_name, resource, path) => {
    const found = assessProvenance({ request, reads: [page], arguments: {}, resource });
    expect(found.thirdPartyOnly).toBe(true);
    expect(found.arguments).toContainEqual(
      expect.objectContaining({ path, origin: 'third_party', role: 'target' }),
    );
  });

  it('takes a plain word for an id as the kind of thing it is', () => {
    const resource = { id: 'account' };
    const found = assessProvenance({ request, reads: [page], arguments: {}, resource });
    expect(found.thirdPartyOnly).toBe(false);
  });

  it('prefers the request when both say it', () => {
    expect(originOf('ana@example.org', [{ ...page, text: 'write to ana@example.org' }])).toBe(
      'request',
    );
  });

  it('finds a passage copied from a read into a longer text', () => {
    const text = 'The quarterly numbers are attached to this note for your eyes only.';
    const reads = [{ id: 'a', source: 'file', text }];
    expect(originOf('FYI: the quarterly numbers are attached to this note, regards', reads)).toBe(
      'third_party',
    );
  });

  it('never calls a value third-party when nothing was read', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(assessProvenance({ request, reads: [], arguments: value }).thirdPartyOnly).toBe(
          false,
        );
      }),
      { seed: 2026 },
    );
  });

  it('gives a span that holds the value, wherever the value stands', () => {
    const around = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(around, around, (before, after) => {
        const text = `${before} mallory@evil.example ${after}`;
        const [found] = assessProvenance({
          request,
          reads: [{ ...page, text }],
          arguments: ['mallory@evil.example'],
        }).arguments;
        expect(text.slice(found?.span?.start, found?.span?.end).toLowerCase()).toContain(
          'mallory@evil.example',
        );
      }),
      { seed: 2026 },
    );
  });

  it.each([
    [
      'behind too many arguments',
      [page],
      [...Array<string>(300).fill('blue'), 'mallory@evil.example'],
    ],
    [
      'behind too long a text',
      [{ ...page, text: 'x '.repeat(40_000) + page.text }],
      ['mallory@evil.example'],
    ],
    [
      'before too many reads',
      [page, ...Array<typeof page>(40).fill({ ...page, text: 'x' })],
      ['mallory@evil.example'],
    ],
  ])('is not fooled by a value hidden %s', (_name, reads, args) => {
    expect(assessProvenance({ request, reads, arguments: args }).thirdPartyOnly).toBe(true);
    expect(assessProvenance({ request, reads, arguments: ['blue room'] }).thirdPartyOnly).toBe(
      false,
    );
  });

  const flood = (text: (index: number) => string, chars = 65_536) =>
    Array.from({ length: 32 }, (_, index) => ({
      id: String(index),
      source: 's',
      text: `${index} ${text(index)}`.slice(0, chars),
    }));
  const words = (count: number) => Array.from({ length: count }, (_, n) => `word${n}`).join(' ');

  it('takes no longer for a value that is full of slashes', () => {
    const value = `ab://${'/'.repeat(16_000)}a`;
    const args = Array<string>(200).fill(value);
    expect(assessProvenance({ request, reads: [page], arguments: args }).arguments).toHaveLength(
      200,
    );
  });

  it.each([
    [
      'many long texts and a long argument',
      flood((index) => `${index} aaaa bbbb `.repeat(20_000)),
      { body: words(20_000) },
    ],
    [
      'a piece that stands everywhere inside longer words',
      flood(() => 'qqqqqqqqq'.repeat(20_000)),
      Array.from({ length: 200 }, (_, n) => 'q'.repeat(9 + n)),
    ],
    [
      'texts full of orders',
      flood(() => 'Pay it.\n'.repeat(10_000)),
      Array.from({ length: 250 }, (_, n) => `pay it ${n}@x.example`),
    ],
    ['arguments beyond counting', flood(() => 'x'), Array<string>(5_000).fill('zz@zz.zz')],
    [
      'arguments too deep',
      flood(() => 'x'),
      JSON.parse('['.repeat(3_000) + '"x@y.z"' + ']'.repeat(3_000)) as unknown,
    ],
  ])('gives up within bounds, and then a person looks: %s', (_name, reads, args) => {
    const found = assessProvenance({ request, reads, arguments: args });
    expect(found.thirdPartyOnly).toBe(true);
    expect(found.unseen).toBe(true);
  });
});
