import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionDigest, sha256Hex, type ActionFacts } from './index';

const action: ActionFacts = {
  tool: 'payments.send',
  arguments: { to: 'a', amount: 10 },
  resource: { type: 'account', id: '7' },
  agent: 'agent-1',
  session: 'session-1',
  policyVersion: '3',
};

describe('the digest of an action', () => {
  it('is SHA-256 in lower-case hexadecimal digits', () => {
    expect(sha256Hex('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(actionDigest(action)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not depend on the order of arguments', () => {
    const turned = { ...action, arguments: { amount: 10, to: 'a' } };
    expect(actionDigest(turned)).toBe(actionDigest(action));
  });

  it.each([
    ['tool', { tool: 'payments.send ' }],
    ['arguments', { arguments: { to: 'a', amount: 10.01 } }],
    ['type of an argument', { arguments: { to: 'a', amount: '10' } }],
    ['resource', { resource: { type: 'account', id: '8' } }],
    ['agent', { agent: 'agent-2' }],
    ['session', { session: null }],
    ['policy version', { policyVersion: '4' }],
  ])('changes with the %s', (_name, change) => {
    expect(actionDigest({ ...action, ...change })).not.toBe(actionDigest(action));
  });

  it('is the same exactly when the arguments are the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const same =
          actionDigest({ ...action, arguments: a }) === actionDigest({ ...action, arguments: b });
        expect(same).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
      }),
      { seed: 2026 },
    );
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { members: members.map(([key, inner]) => [key, sorted(inner)]) };
}
