import { describe, expect, it } from 'vitest';
import type { Approval } from '@/lib/contracts';
import type { GroupCall } from './call-facts';
import { groupTable } from './group-table';
import { likeCalls } from './like-calls';

const call = (id: string, args: Record<string, unknown>, more: Partial<Approval> = {}) =>
  ({
    id,
    state: 'pending',
    risk: 'medium',
    agent: { id: 'agent-1' },
    action: { name: 'crm.update', properties: { arguments: args } },
    resource: { type: 'customer', id },
    reasons: [{ code: 'ladder.rung_3_needs_approval', text: '', source: { type: 'rule' } }],
    group: { key: 'k1', size: 3 },
    claim: null,
    verdictsNeeded: 1,
    verdicts: [],
    session: null,
    trustAtRequest: { score: 0.5, rung: 3 },
    ...more,
  }) as unknown as GroupCall;
const ids = (approvals: readonly Approval[]) => approvals.map(({ id }) => id);

const ONE = call('a', { field: 'discount', amount: 1 });

describe('calls like the open one', () => {
  it('are those of its group that still wait', () => {
    const all = [
      ONE,
      call('b', { amount: 2 }),
      call('c', {}, { group: { key: 'k2', size: 1 } }),
      call('d', {}, { group: undefined }),
      call('e', {}, { state: 'approved' }),
    ];
    expect(ids(likeCalls(all, ONE))).toEqual(['a', 'b']);
  });

  it('are never dangerous ones, and a dangerous one has none', () => {
    const danger = call('b', {}, { byItself: 'A call of high risk is decided by itself.' });
    expect(ids(likeCalls([ONE, danger], ONE))).toEqual(['a']);
    expect(likeCalls([ONE, danger], danger)).toEqual([]);
  });
});

describe('the table of a group', () => {
  it('has what they have in common once, and a column for each place where they differ', () => {
    const table = groupTable([ONE, call('b', { field: 'discount', amount: 2, deep: { x: 1 } })], 0);
    expect(table.same.map(({ path }) => path)).toEqual([
      '/arguments/field',
      '/resource/type',
      '/about/reasons',
      '/about/trust',
    ]);
    expect(table.columns).toEqual(['/arguments/amount', '/resource/id', '/arguments/deep/x']);
    expect(table.lines.map(({ values }) => values)).toEqual([
      [1, 'a', undefined],
      [2, 'b', 1],
    ]);
  });
});
