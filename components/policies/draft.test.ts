import { describe, expect, it } from 'vitest';
import { callWords, offsetOf, parseTests, problemsOf } from './draft';

describe('the problems of a text', () => {
  it('are those with a place, in the order of the text', () => {
    expect(
      problemsOf([
        { path: 'text:12:3', message: 'Line 12: unexpected token' },
        { path: 'text:2:9', message: 'Line 2: no such fact' },
        { path: 'reason', message: 'too long' },
      ]),
    ).toEqual([
      { line: 2, column: 9, message: 'no such fact' },
      { line: 12, column: 3, message: 'unexpected token' },
    ]);
  });

  it('are found in the text, also beyond its end', () => {
    expect(offsetOf('ab\ncd\n', { line: 2, column: 2 })).toBe(4);
    expect(offsetOf('ab', { line: 9, column: 1 })).toBe(2);
  });
});

describe('typed tests', () => {
  it('are a list, or a sentence about what is wrong', () => {
    expect(parseTests('  ')).toEqual({ tests: [] });
    expect(parseTests('[{"name":"x"}]')).toEqual({ tests: [{ name: 'x' }] });
    expect(parseTests('{}')).toMatchObject({ problem: /list/ });
    expect(parseTests('[')).toMatchObject({ problem: /no JSON/ });
  });
});

describe('a call in words', () => {
  it('names what most rules are about', () => {
    expect(
      callWords({
        call: {
          trust: { rung: 4 },
          tool: { sideEffect: 'write', egress: true, reversible: false, risk: 'high' },
          dataClass: 'restricted',
          provenance: { thirdPartyOnly: true },
        },
      }),
    ).toBe(
      'rung 4, writes, reaches outside, cannot be undone, high risk, restricted data, an argument from outside',
    );
    expect(callWords({ call: { tool: { sideEffect: 'none', egress: false } } })).toBe(
      'rung 1, reads',
    );
  });
});
