import { describe, expect, it } from 'vitest';
import { SIGNAL_CATALOGUE } from '@/lib/trust';
import { depthOf, tooDeep } from './delegation';

const pact = { tools: ['*'] };

describe('a chain of delegation', () => {
  it('is as long as its nested actors, or as long as is said, whichever is longer', () => {
    const act = { sub: 'planner', act: { sub: 'assistant' } };
    expect(depthOf({})).toBe(0);
    expect(depthOf({ act })).toBe(2);
    expect(depthOf({ act, delegationDepth: 1 })).toBe(2);
    expect(depthOf({ act, delegationDepth: 5 })).toBe(5);
  });

  it('ends where something else stands than an actor, and is followed only so far', () => {
    expect(depthOf({ act: { sub: 'a', act: ['b'] } })).toBe(1);
    let deep: Record<string, unknown> = {};
    for (let n = 0; n < 100; n += 1) deep = { sub: 'a', act: deep };
    expect(depthOf({ act: deep })).toBe(16);
    expect(depthOf({ delegationDepth: 1_000 })).toBe(16);
  });

  it('says nothing within what the pact agrees to', () => {
    expect(tooDeep(pact, 0)).toBeUndefined();
    expect(tooDeep(pact, 1)).toBeUndefined();
    expect(tooDeep({ ...pact, delegationDepth: 3 }, 3)).toBeUndefined();
  });

  it('says more the longer it is, and never more than a whole signal', () => {
    const magnitudes = [2, 3, 4, 16].map((depth) => tooDeep(pact, depth)?.evidence.magnitude);
    expect(magnitudes).toEqual([0.5, 0.75, 0.875, 1 - 2 ** -15]);
    expect(tooDeep({ ...pact, delegationDepth: 0 }, 1)).toMatchObject({
      evidence: { kind: 'identity.delegation_depth', detail: { depth: 1, agreed: 0 } },
      reason: { code: 'delegation.depth' },
    });
  });

  it('can only lower trust', () => {
    expect(SIGNAL_CATALOGUE['identity.delegation_depth']).toMatchObject({ sign: 'negative' });
  });
});
