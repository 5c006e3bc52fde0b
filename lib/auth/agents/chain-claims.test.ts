import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainClaims, chainOfClaims } from './chain-claims';

describe('a chain as claims', () => {
  it('has whoever began it as the subject, and whoever acts as the outermost actor', () => {
    const credentials = { c: 'key:3', b: 'key:2', a: 'key:1' };
    expect(chainClaims({ agentId: 'c', chain: ['b', 'a'], credentials })).toEqual({
      sub: 'a',
      credential: 'key:1',
      act: { sub: 'c', credential: 'key:3', act: { sub: 'b', credential: 'key:2' } },
    });
    expect(chainClaims({ agentId: 'c' })).toEqual({ sub: 'c' });
  });

  it('comes back as it was', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(names, ([agentId = 'a', ...chain]) => {
        const expected = { agentId, ...(chain.length === 0 ? {} : { chain }) };
        expect(chainOfClaims(chainClaims({ agentId, chain }))).toEqual(expected);
      }),
    );
  });

  it('is refused when it is of another shape, or without end', () => {
    expect(chainOfClaims({})).toBeUndefined();
    expect(chainOfClaims({ sub: 7 })).toBeUndefined();
    for (const act of [null, 'b', ['b'], {}, { sub: '' }, { sub: 'b', act: 'a' }])
      expect(chainOfClaims({ sub: 'a', act })).toBeUndefined();
    let deep: Record<string, unknown> = { sub: 'x' };
    for (let n = 0; n < 100; n += 1) deep = { sub: 'x', act: deep };
    expect(chainOfClaims(deep)).toBeUndefined();
  });
});
