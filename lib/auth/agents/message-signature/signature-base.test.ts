import { parseDictionary, type InnerList } from 'structured-headers';
import { describe, expect, it } from 'vitest';
import { ComponentError } from './components';
import type { SignedMessage } from './message';
import { signatureBase } from './signature-base';
import { message, REQUEST } from './testing/rfc9421-examples';

describe('a signature base', () => {
  const baseOf = (of: SignedMessage, components: string) =>
    signatureBase(of, parseDictionary(`sig=(${components})`).get('sig') as InnerList);
  const first = (of: SignedMessage, component: string) => baseOf(of, component).split('\n')[0];

  it('is not made of what is absent, unknown, named twice, or of two minds', () => {
    const twice = message('GET', 'https://example.com/?a=1&a=2', {});
    const cases: readonly [SignedMessage, string][] = [
      [REQUEST, '"x-absent"'],
      [REQUEST, '"@nothing"'],
      [REQUEST, '"@constructor"'],
      [REQUEST, '"Date"'],
      [REQUEST, '"date" "date"'],
      [REQUEST, '"@status"'],
      [REQUEST, '"@method";req'],
      [REQUEST, '"date";tr'],
      [REQUEST, '"date";sf'],
      [REQUEST, '"content-digest";key="sha-256"'],
      [twice, '"@query-param";name="a"'],
      [twice, '"@query-param";name="b"'],
      [twice, '"@query-param"'],
    ];
    for (const [of, components] of cases)
      expect(() => baseOf(of, components), components).toThrow(ComponentError);
  });

  it('takes the components of an address apart', () => {
    const of = message('GET', 'https://Example.com:443/p/a?q=1&x=a%20b~', {});
    expect(first(of, '"@target-uri"')).toBe('"@target-uri": https://example.com/p/a?q=1&x=a%20b~');
    expect(first(of, '"@request-target"')).toBe('"@request-target": /p/a?q=1&x=a%20b~');
    expect(first(of, '"@scheme"')).toBe('"@scheme": https');
    expect(first(of, '"@query-param";name="x"')).toBe('"@query-param";name="x": a%20b%7E');
    const bare = message('GET', 'https://example.com', {});
    expect(first(bare, '"@query"')).toBe('"@query": ?');
    expect(first(bare, '"@path"')).toBe('"@path": /');
  });

  it('writes fields as section 2.1 says', () => {
    const of = message('GET', 'https://example.com', {
      'x-ows-header': '  Leading and trailing whitespace.  ',
      'x-obs-fold-header': 'Obsolete\n    line folding.',
      'cache-control': 'max-age=60,    must-revalidate',
      'x-empty': '',
    });
    expect(first(of, '"x-ows-header"')).toBe('"x-ows-header": Leading and trailing whitespace.');
    expect(first(of, '"x-obs-fold-header"')).toBe('"x-obs-fold-header": Obsolete line folding.');
    expect(first(of, '"cache-control";sf')).toBe('"cache-control";sf: max-age=60, must-revalidate');
    expect(first(of, '"cache-control";key="max-age"')).toBe('"cache-control";key="max-age": 60');
    expect(first(of, '"x-empty"')).toBe('"x-empty": ');
    expect(first(of, '"x-ows-header";bs')).toMatch(/^"x-ows-header";bs: :[A-Za-z0-9+/=]+:$/);
  });
});
