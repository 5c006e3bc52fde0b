import { describe, expect, it } from 'vitest';
import type { Approval, GroupMember, QueueChanges } from '@/lib/contracts';
import { joinChanges } from './join-changes';

const call = (id: string, state: Approval['state'] = 'pending') => ({ id, state }) as Approval;
const member = (id: string, state?: Approval['state']) => call(id, state) as GroupMember;
const session = (id: string) => ({ id, request: id, purpose: null, endUser: null });
const answer = (parts: Partial<QueueChanges>): QueueChanges => ({
  changed: [],
  listed: [],
  heads: [],
  members: [],
  sessions: [],
  left: { ids: [], groups: [], after: null },
  counts: { pending: 0, oldestAt: null },
  ...parts,
});

describe('answers about a list that come in parts', () => {
  const left = { ids: ['b'], groups: ['g'], after: 'x' };
  const first = answer({
    changed: [call('a')],
    listed: ['a', 'b'],
    members: [member('m')],
    left,
    sessions: [session('s')],
  });

  it('are one answer, in the order they came, with what is left after the last', () => {
    const second = answer({
      changed: [call('b')],
      listed: ['b'],
      members: [member('n')],
      sessions: [session('s'), session('u')],
      counts: { pending: 2, oldestAt: null },
    });
    const joined = joinChanges(first, second);
    expect(joined.changed.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(joined.members.map(({ id }) => id)).toEqual(['m', 'n']);
    expect(joined.sessions.map(({ id }) => id)).toEqual(['s', 'u']);
    expect(joined.listed).toEqual(['a', 'b']);
    expect(joined.left.ids).toEqual([]);
    expect(joined.counts.pending).toBe(2);
  });

  it('tell of one call once, as the later has it', () => {
    const joined = joinChanges(first, answer({ members: [member('m', 'rejected')] }));
    expect(joined.members).toEqual([call('m', 'rejected')]);
  });
});
