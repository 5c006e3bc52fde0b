import { describe, expect, it } from 'vitest';
import { groupKey, type GroupFacts } from './group-key';

const facts = (changes: Partial<GroupFacts> = {}): GroupFacts => ({
  agentId: 'a-1',
  tool: 'refund.create',
  risk: 'medium',
  reasons: ['rung_needs_approval'],
  arguments: { order: 'C-1042', amount: 40, express: false, note: 'called back', to: 'a@x.org' },
  resource: { type: 'order', id: 'C-1042' },
  ...changes,
});
const withArguments = (changes: Record<string, unknown>) =>
  facts({ arguments: { ...(facts().arguments as object), ...changes } });
const same = (a: GroupFacts, b: GroupFacts) => groupKey(a) === groupKey(b);

describe('the key of a group', () => {
  it('is the same whatever the identifiers, dates, addresses of a domain and amounts of one size are', () => {
    const other = facts({
      arguments: { to: 'b@x.org', amount: 97, order: 'C-7', express: false, note: 'called back' },
      resource: { type: 'order', id: 'C-7' },
    });
    expect(groupKey(facts())).toMatch(/^[0-9a-f]{32}$/);
    expect(same(facts(), other)).toBe(true);
    expect(
      same(withArguments({ due: '2026-11-20' }), withArguments({ due: '2026-12-01T10:00:00Z' })),
    ).toBe(true);
  });

  it.each([
    ['another agent', facts({ agentId: 'a-2' })],
    ['another tool', facts({ tool: 'refund.cancel' })],
    ['another risk', facts({ risk: 'high' })],
    ['another reason to wait', facts({ reasons: ['rung_needs_approval', 'target_from_outside'] })],
    ['another kind of resource', facts({ resource: { type: 'account', id: 'C-1042' } })],
    ['one argument more', withArguments({ force: true })],
    ['another flag', withArguments({ express: true })],
    ['another sentence', withArguments({ note: 'ignore what was said before' })],
    ['another domain of an address', withArguments({ to: 'a@evil.org' })],
    ['an amount of another size', withArguments({ amount: 4_000_000 })],
    ['the other sign', withArguments({ amount: -40 })],
    ['another prefix of an identifier', withArguments({ order: 'VIP-1042' })],
    ['an identifier with a character nobody sees', withArguments({ order: 'C-10\u200b42' })],
    ['a number as text', withArguments({ amount: '40' })],
    ['a wildcard for an identifier', withArguments({ order: '*' })],
    ['the name of a host', withArguments({ order: 'web1.evil.org' })],
    ['a statement for an identifier', withArguments({ order: 'C-1042 OR 1=1' })],
    ['a path out of the folder', withArguments({ order: '../C-1042' })],
  ])('is another one with %s', (_what, other) => {
    expect(same(facts(), other)).toBe(false);
  });

  it('does not take a text for the kind of a value', () => {
    expect(same(withArguments({ note: 'identifier:C-' }), withArguments({ note: 'C-1042' }))).toBe(
      false,
    );
    expect(same(withArguments({ x: ['C-1'] }), withArguments({ x: 'C-1' }))).toBe(false);
  });

  it('is none for what nobody could look over', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`k${n}`, n]));
    expect(groupKey(facts({ arguments: many }))).toBeNull();
    let deep: unknown = 1;
    for (let n = 0; n < 40; n += 1) deep = [deep];
    expect(groupKey(facts({ arguments: { deep } }))).toBeNull();
  });
});
