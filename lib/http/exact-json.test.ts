import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requireExact } from './exact-json';

const codeOf = (text: string): string => {
  try {
    requireExact(text);
    return 'exact';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('what a JSON text says beyond what is parsed', () => {
  it.each([
    ['{"a":1,"a":2}', 'duplicate_member'],
    ['{"a":{"b":1,"c":[{"b":1}],"b":2}}', 'duplicate_member'],
    ['{"\\u0061":1,"a":2}', 'duplicate_member'],
    ['{"a":"x\\"b","__proto__":{}}', 'reserved_member'],
    ['{"\\u005f_proto__":1}', 'reserved_member'],
    ['[9007199254740993]', 'inexact_number'],
    ['{"n":1e309}', 'inexact_number'],
    ['-1e-400', 'inexact_number'],
    ['0.1000000000000000000001', 'inexact_number'],
    ['[900719925474099299e-2]', 'inexact_number'],
    [`[1.${'0'.repeat(500_000)}1]`, 'inexact_number'],
  ])('is refused where another reader could read another thing: %.60s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it.each([
    '{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}',
    '["a","a",{"x":"a:a"}]',
    '{"text":"{\\"a\\":1,\\"a\\":2} 9007199254740993"}',
    '[9007199254740992, 0.30000000000000004, 1e20, 5e-324, -0.0, 1.50000000000000000000]',
  ])('is taken where there is one reading: %s', (text) => {
    expect(codeOf(text)).toBe('exact');
  });

  it('is taken for whatever JavaScript itself writes', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        fc.pre(!text.includes('__proto__'));
        expect(codeOf(text)).toBe('exact');
      }),
      { seed: 2026, numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(codeOf(JSON.stringify(value))).toBe('exact');
      }),
      { seed: 2026, numRuns: 2_000 },
    );
  });
});
