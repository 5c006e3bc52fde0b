import { describe, expect, it } from 'vitest';
import type { Approval } from '@/lib/contracts';
import {
  countHeld,
  countUnseen,
  markSeen,
  neighbourId,
  reconcileRows,
  sweepClosed,
} from './queue-rows';

const layer = { score: 0.5, coverage: 1, freshAt: null, alarm: false };

function approval(id: string, state: Approval['state'] = 'pending'): Approval {
  return {
    id,
    state,
    digest: 'd',
    decisionId: `dec-${id}`,
    agent: {
      id: 'a1',
      name: 'Agent',
      owner: 'Owner',
      trust: {
        score: 0.6,
        rung: 3,
        layers: { identity: layer, behavior: layer, context: layer, outcome: layer },
      },
    },
    action: { name: 'send_email', properties: { arguments: {} } },
    resource: { type: 'mailbox', id: 'sent' },
    reasons: [],
    risk: 'medium',
    sessionId: null,
    requestedAt: '2026-11-20T10:00:00.000Z',
    expiresAt: '2026-11-20T11:00:00.000Z',
    claim: null,
    verdict: null,
    cancelReason: null,
  };
}

const list = (...ids: string[]) => ids.map((id) => approval(id));
const update = (listed: Approval[], known: Approval[] = [], complete = true) => ({
  listed,
  complete,
  arrivals: 'append' as const,
  known: new Map(known.map((item) => [item.id, item])),
});
const ids = (rows: readonly { approval: Approval }[]) => rows.map((row) => row.approval.id);

describe('live rows', () => {
  const first = reconcileRows([], update(list('a', 'b', 'c')));

  it('count nothing as new on first load', () => {
    expect(ids(first)).toEqual(['a', 'b', 'c']);
    expect(countUnseen(first)).toBe(0);
  });

  it('put what comes in at the end, wherever the server sorts it', () => {
    const rows = reconcileRows(first, update(list('new', 'a', 'b', 'c')));
    expect(ids(rows)).toEqual(['a', 'b', 'c', 'new']);
    expect(countUnseen(rows)).toBe(1);
  });

  it('keep a decided row in its place and show how it ended', () => {
    const rows = reconcileRows(first, update(list('a', 'c'), [approval('b', 'approved')]));
    expect(ids(rows)).toEqual(['a', 'b', 'c']);
    expect(rows[1]).toMatchObject({ closed: true, approval: { state: 'approved' } });
  });

  it('do not take a row for closed that is merely not loaded', () => {
    const rows = reconcileRows(first, update(list('a'), [], false));
    expect(rows.map((row) => row.closed)).toEqual([false, false, false]);
  });

  it('never bring a closed approval back to waiting by a late answer', () => {
    const closed = reconcileRows(first, update(list('a', 'c'), [approval('b', 'rejected')]));
    const late = reconcileRows(closed, update(list('a', 'b', 'c')));
    expect(late[1]).toMatchObject({ closed: true, approval: { state: 'rejected' } });
  });

  it('keep their identity when nothing changed, and all but the changed one otherwise', () => {
    const listed = first.map((row) => row.approval);
    expect(reconcileRows(first, update(listed))).toBe(first);
    const rows = reconcileRows(first, update(listed, [approval('b', 'approved')]));
    expect(rows[0]).toBe(first[0]);
    expect(rows[1]).not.toBe(first[1]);
  });

  it('take over a claim the server lists', () => {
    const claim = { by: 'p', name: 'Dana', until: '2026-11-20T10:30:00.000Z' };
    const rows = reconcileRows(first, update([{ ...approval('a'), claim }, ...list('b', 'c')]));
    expect(rows[0]?.approval.claim?.name).toBe('Dana');
  });

  it('hold back what a newest-first list would push in on top, and still take older pages', () => {
    const hold = { ...update(list('new', 'a', 'b', 'c', 'older')), arrivals: 'hold' as const };
    const rows = reconcileRows(first, hold);
    expect(ids(rows)).toEqual(['a', 'b', 'c', 'older']);
    expect(countHeld(rows, hold.listed)).toBe(1);
  });

  it('lose closed rows when swept, all but the open one', () => {
    const closed = reconcileRows(first, update(list('c')));
    expect(ids(sweepClosed(closed, 'b'))).toEqual(['b', 'c']);
    expect(ids(sweepClosed(closed, null))).toEqual(['c']);
  });

  it('stop counting as new once they were on screen', () => {
    const rows = reconcileRows(first, update(list('a', 'b', 'c', 'd')));
    expect(countUnseen(markSeen(rows, new Set(['d'])))).toBe(0);
    expect(markSeen(rows, new Set(['a']))).toBe(rows);
  });
});

describe('moving', () => {
  const rows = reconcileRows([], update(list('a', 'b', 'c')));

  it('goes one row on, and stays at the ends', () => {
    expect(neighbourId(rows, 'a', 1)).toBe('b');
    expect(neighbourId(rows, 'c', 1)).toBe('c');
    expect(neighbourId(rows, 'a', -1)).toBe('a');
  });

  it('begins at the first row', () => {
    expect(neighbourId(rows, null, 1)).toBe('a');
    expect(neighbourId([], null, 1)).toBeNull();
  });
});
