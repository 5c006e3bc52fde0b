import { describe, expect, it } from 'vitest';
import { behindCall } from './delegation';

describe('what a call says of who stands behind it', () => {
  it('is never named as what a token proves', () => {
    const act = { sub: 'agent:a', act: { sub: 'agent:agent:b', act: { sub: 'agent:' } } };
    expect(behindCall({ act })).toEqual({ delegationDepth: 3, delegators: ['a', 'b'] });
    expect(behindCall({ act }, ['b']).delegators).toEqual(['agent:b', 'a']);
  });
});

describe('what stands behind a call', () => {
  it('is what the token proves, before what the call says', () => {
    expect(behindCall({ act: { sub: 'ann' } }, ['b', 'a'])).toEqual({
      delegationDepth: 2,
      delegators: ['agent:b', 'agent:a', 'ann'],
      chain: ['b', 'a'],
    });
  });

  it('is named once, however the call names it', () => {
    const act = { sub: 'agent:b', act: { sub: 'a' } };
    expect(behindCall({ act }, ['b', 'a']).delegators).toEqual(['agent:b', 'agent:a']);
  });

  it('is made longer by what the call says, and never shorter', () => {
    expect(behindCall({ delegationDepth: 0 }, ['b', 'a']).delegationDepth).toBe(2);
    expect(behindCall({ delegationDepth: 4 }, ['b', 'a']).delegationDepth).toBe(4);
    expect(behindCall({ act: { sub: 'x' } })).toEqual({ delegationDepth: 1, delegators: ['x'] });
  });
});
