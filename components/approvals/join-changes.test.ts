import { describe, expect, it } from 'vitest';
import type { Approval, QueueChanges } from '@/lib/contracts';
import { joinChanges } from './join-changes';

const call = (id: string, state: Approval['state'] = 'pending') => ({ id, state }) as Approval;
const answer = (parts: Partial<QueueChanges>): QueueChanges => ({
  changed: [],
  listed: [],
  heads: [],
  members: [],
  left: { ids: [], groups: [], after: null },
  counts: { pending: 0, oldestAt: null },
  ...parts,
});

describe('answers about a list that come in parts', () => {
  const left = { ids: ['b'], groups: ['g'], after: 'x' };
  const first = answer({ changed: [call('a')], listed: ['a', 'b'], members: [call('m')], left });

  it('are one answer, in the order they came, with what is left after the last', () => {
    const second = answer({
      changed: [call('b')],
      listed: ['b'],
      members: [call('n')],
      counts: { pending: 2, oldestAt: null },
    });
    const joined = joinChanges(first, second);
    expect(joined.changed.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(joined.members.map(({ id }) => id)).toEqual(['m', 'n']);
    expect(joined.listed).toEqual(['a', 'b']);
    expect(joined.left.ids).toEqual([]);
    expect(joined.counts.pending).toBe(2);
  });

  it('tell of one call once, as the later has it', () => {
    const joined = joinChanges(first, answer({ members: [call('m', 'rejected')] }));
    expect(joined.members).toEqual([call('m', 'rejected')]);
  });
});
