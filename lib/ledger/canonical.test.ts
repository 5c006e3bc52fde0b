import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotCanonical, canonicalBytes, canonicalText } from './index';

function doubleOf(hex: string): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${hex}`));
  return view.getFloat64(0);
}

describe('canonical form', () => {
  it('writes the example of RFC 8785, section 3.2.2, to the byte', () => {
    const input: unknown = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    );
    const expected =
      '7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333332e333333333333332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d';
    expect(Buffer.from(canonicalBytes(input)).toString('hex')).toBe(expected);
  });

  it('sorts members by UTF-16 units, as in RFC 8785, section 3.2.3', () => {
    const input = {
      '\u20ac': 1,
      '\r': 2,
      '\ufb33': 3,
      '1': 4,
      '\u{1f600}': 5,
      '\u0080': 6,
      '\u00f6': 7,
    };
    expect(Object.values(JSON.parse(canonicalText(input)) as object).toString()).toBe(
      '4,2,6,7,1,5,3',
    );
    expect([...canonicalText(input).matchAll(/:(\d)/g)].map((match) => match[1]).join('')).toBe(
      '2467153',
    );
  });

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
  ])('writes the number %s of RFC 8785, appendix B, as %s', (hex, text) => {
    expect(canonicalText(doubleOf(hex))).toBe(text);
  });

  it.each([
    ['NaN', Number.NaN],
    ['an infinity', Number.NEGATIVE_INFINITY],
    ['undefined', undefined],
    ['a lone surrogate', '\ud800'],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a big integer', 1n],
    ['a date', new Date(0)],
    ['bytes', Buffer.from('x')],
  ])('refuses %s and names the place', (_name, value) => {
    const error = (() => {
      try {
        return canonicalText({ 'a/b': [value] });
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(NotCanonical);
    expect(error).toMatchObject({ code: 'not_canonical', path: '/a~1b/0' });
  });

  it('refuses a lone surrogate in a name, a hole in an array, a cycle and a bottomless value', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    const deep: unknown = JSON.parse('['.repeat(5_000) + ']'.repeat(5_000));
    for (const value of [{ '\udc00': 1 }, new Array(2), cycle, deep]) {
      expect(() => canonicalText(value)).toThrow(NotCanonical);
    }
  });

  it('agrees with another implementation to the byte', () => {
    const anything = fc.jsonValue({ noUnicodeString: false, maxDepth: 6 });
    fc.assert(
      fc.property(
        fc.oneof(anything, fc.dictionary(fc.string({ unit: 'binary' }), anything)),
        (value) => {
          expect(canonicalText(value)).toBe(canonicalize(value));
        },
      ),
      { seed: 8785, numRuns: 2_000 },
    );
  });

  it('does not depend on the order of members and survives a round trip', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalText(value);
        expect(canonicalText(JSON.parse(text))).toBe(text);
        expect(canonicalText(reversed(value))).toBe(text);
      }),
      { seed: 2026 },
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}
