import { describe, expect, it } from 'vitest';
import type { Approval } from '@/lib/contracts';
import {
  foldGroup,
  groupPlaces,
  heldBack,
  markSeen,
  neighbourId,
  newBelow,
  nextId,
  shownCounts,
  sweepClosed,
  withChanges,
  withKnown,
  withListed,
  type QueueRow,
} from './queue-rows';
import { changesWith, listOfCalls, waitingCall } from './testing/calls';

const KEY = 'f'.repeat(32);

const like = (id: string, size: number, state: Approval['state'] = 'pending'): Approval => ({
  ...waitingCall(id, state),
  group: { key: KEY, size },
});
const folded = { open: new Set<string>(), append: true };
const ids = (rows: readonly QueueRow[]) => rows.map((row) => row.approval.id);

describe('live rows', () => {
  const first = withListed([], listOfCalls('a', 'b', 'c'));
  const opened = (id: string) => changesWith({ changed: listOfCalls(id), listed: [id] });
  const ended = (id: string, state: Approval['state']) =>
    changesWith({ changed: [waitingCall(id, state)] });

  it('count nothing as new on first load, nor with a further page', () => {
    expect(ids(first)).toEqual(['a', 'b', 'c']);
    expect(newBelow(withListed(first, listOfCalls('d')), -1).count).toBe(0);
  });

  it('put what comes in at the end, wherever the server sorts it', () => {
    const rows = withChanges(first, opened('new'), folded);
    expect(ids(rows)).toEqual(['a', 'b', 'c', 'new']);
    expect(newBelow(rows, -1).count).toBe(1);
  });

  it('say how much of what came in below is critical, and lead there first', () => {
    const rows = withChanges(first, opened('d'), folded);
    const worse = withChanges(
      rows,
      changesWith({ changed: [{ ...waitingCall('e'), risk: 'critical' }], listed: ['e'] }),
      folded,
    );
    expect(newBelow(rows, 2)).toEqual({ count: 1, critical: 0, next: 3 });
    expect(newBelow(worse, 2)).toEqual({ count: 2, critical: 1, next: 4 });
    expect(newBelow(worse, 4)).toEqual({ count: 0, critical: 0, next: -1 });
  });

  it('keep a decided row in its place and show how it ended', () => {
    const rows = withChanges(first, ended('b', 'approved'), folded);
    expect(ids(rows)).toEqual(['a', 'b', 'c']);
    expect(rows[1]).toMatchObject({ closed: true, approval: { state: 'approved' } });
  });

  it('mark what waits on but is no longer in this list, and take it back', () => {
    const left = withChanges(first, changesWith({ changed: listOfCalls('b') }), folded);
    expect(left[1]).toMatchObject({ closed: true, approval: { state: 'pending' } });
    expect(withKnown(left, { ...waitingCall('b'), risk: 'high' })[1]?.closed).toBe(true);
    expect(withChanges(left, opened('b'), folded)[1]?.closed).toBe(false);
    expect(withListed(left, listOfCalls('b'))[1]?.closed).toBe(false);
  });

  it('do not take a row for closed that is merely not loaded', () => {
    expect(withListed(first, listOfCalls('a')).map((row) => row.closed)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('never bring a closed approval back to waiting by a late answer', () => {
    const closed = withChanges(first, ended('b', 'rejected'), folded);
    const late = withListed(closed, listOfCalls('a', 'b', 'c'));
    expect(late[1]).toMatchObject({ closed: true, approval: { state: 'rejected' } });
    expect(withKnown(closed, waitingCall('b'))[1]).toBe(closed[1]);
  });

  it('bring back what somebody took back, unless the page has heard of its end since it asked', () => {
    const closed = withChanges(first, ended('b', 'approved'), folded);
    const back = withChanges(closed, opened('b'), folded)[1];
    expect(back).toMatchObject({ closed: false, approval: { state: 'pending' } });
    expect(withChanges(closed, opened('b'), { ...folded, fresher: 'b' })[1]?.closed).toBe(true);
    const elsewhere = withChanges(closed, changesWith({ changed: listOfCalls('b') }), folded);
    expect(elsewhere[1]?.closed).toBe(true);
  });

  it('keep their identity when nothing changed, and all but the changed one otherwise', () => {
    const listed = first.map((row) => row.approval);
    expect(withListed(first, listed)).toBe(first);
    const rows = withKnown(first, waitingCall('b', 'approved'));
    expect(rows[0]).toBe(first[0]);
    expect(rows[1]).not.toBe(first[1]);
  });

  it('take over a claim the server lists', () => {
    const claim = { by: 'p', name: 'Dana', until: '2026-11-20T10:30:00.000Z' };
    const rows = withListed(first, [{ ...waitingCall('a'), claim }, ...listOfCalls('b', 'c')]);
    expect(rows[0]?.approval.claim?.name).toBe('Dana');
  });

  it('hold back what a newest-first list would push in on top, and still take older pages', () => {
    const closed = withListed([], [waitingCall('a', 'approved')]);
    const news = changesWith({ changed: [waitingCall('new', 'rejected')], listed: ['new'] });
    const rows = withChanges(closed, news, { ...folded, append: false });
    expect(ids(rows)).toEqual(['a']);
    expect(heldBack(rows, news)).toEqual(['new']);
    expect(ids(withListed(rows, [waitingCall('older', 'rejected')]))).toEqual(['a', 'older']);
  });

  it('lose closed rows when swept, all but the open one', () => {
    const one = withChanges(first, ended('a', 'expired'), folded);
    const closed = withChanges(one, ended('b', 'expired'), folded);
    expect(ids(sweepClosed(closed, 'b'))).toEqual(['b', 'c']);
    expect(ids(sweepClosed(closed, null))).toEqual(['c']);
  });

  it('stop counting as new once they were on screen', () => {
    const rows = withChanges(first, opened('d'), folded);
    expect(newBelow(markSeen(rows, new Set(['d'])), -1).count).toBe(0);
    expect(markSeen(rows, new Set(['a']))).toBe(rows);
  });
});

describe('a group of like requests', () => {
  const first = withListed([], [like('a', 3), waitingCall('z')]);

  it('is one row that says how many it stands for', () => {
    expect(groupPlaces(first, folded.open)).toEqual(['folded', 'alone']);
  });

  it('grows where it stands, without a new row', () => {
    const rows = withChanges(
      first,
      changesWith({ changed: [like('d', 4)], listed: ['d'], heads: [like('a', 4)] }),
      folded,
    );
    expect(ids(rows)).toEqual(['a', 'z']);
    expect(rows[0]?.approval.group?.size).toBe(4);
  });

  it('goes on with its next member behind the one that was decided', () => {
    const rows = withChanges(
      first,
      changesWith({ changed: [like('a', 2, 'approved')], heads: [like('b', 2)] }),
      folded,
    );
    expect(ids(rows)).toEqual(['a', 'b', 'z']);
    expect(ids(sweepClosed(rows, null))).toEqual(['b', 'z']);
  });

  it('opens to its members below its first, and folds again', () => {
    const open = new Set([KEY]);
    const rows = withListed(first, [like('a', 3), like('b', 3), like('c', 3)]);
    expect(ids(rows)).toEqual(['a', 'b', 'c', 'z']);
    expect(groupPlaces(rows, open)).toEqual(['open', 'member', 'member', 'alone']);
    const more = changesWith({ changed: [like('d', 4)], listed: ['d'], heads: [like('a', 4)] });
    expect(ids(withChanges(rows, more, { open, append: true }))).toEqual(['a', 'b', 'c', 'd', 'z']);
    expect(ids(foldGroup(rows, KEY))).toEqual(['a', 'z']);
  });
});

describe('a group whose calls are decided', () => {
  const open = new Set([KEY]);

  it('is led by the first that waits, not by one that is decided', () => {
    const rows = withListed([], [like('a', 2, 'approved'), like('b', 2), like('c', 2)]);
    expect(groupPlaces(rows, open)).toEqual(['alone', 'open', 'member']);
  });

  it('is none once one is left, or none', () => {
    const one = withListed([], [like('a', 1, 'approved'), like('b', 1)]);
    expect(groupPlaces(one, open)).toEqual(['alone', 'alone']);
    const none = withListed([], [like('a', 0, 'approved'), like('b', 0, 'approved')]);
    expect(groupPlaces(none, open)).toEqual(['alone', 'alone']);
  });

  it('stands in the list of what was closed where each of its calls does', () => {
    const closed = [
      like('a', 0, 'approved'),
      waitingCall('b', 'rejected'),
      like('c', 0, 'approved'),
    ];
    expect(ids(withListed([], closed))).toEqual(['a', 'b', 'c']);
  });
});

describe('what the rows stand for', () => {
  it('is calls that wait, apart from what is closed', () => {
    const rows = withListed([], [like('a', 3), waitingCall('b'), waitingCall('c', 'approved')]);
    const shown = shownCounts(rows, groupPlaces(rows, folded.open));
    expect(shown).toEqual({ calls: 4, rows: 2, late: 0, closed: 1 });
  });

  it('says how many stand at the end instead of in their place', () => {
    const rows = withChanges(
      withListed([], listOfCalls('a')),
      changesWith({ changed: listOfCalls('new'), listed: ['new'] }),
      folded,
    );
    expect(shownCounts(rows, groupPlaces(rows, folded.open)).late).toBe(1);
    expect(shownCounts(markSeen(rows, new Set(['new'])), ['alone', 'alone']).late).toBe(1);
  });
});

describe('moving', () => {
  const rows = withListed([], listOfCalls('a', 'b', 'c'));

  it('goes one row on, and stays at the ends', () => {
    expect(neighbourId(rows, 'a', 1)).toBe('b');
    expect(neighbourId(rows, 'c', 1)).toBe('c');
    expect(neighbourId(rows, 'a', -1)).toBe('a');
  });

  it('goes on below, and from the last decided one back to what waits above', () => {
    const last = (state: Approval['state']) =>
      withListed([], [...listOfCalls('a', 'b'), waitingCall('c', state)]);
    expect(nextId(rows, 'a')).toBe('b');
    expect(nextId(last('approved'), 'c')).toBe('a');
    expect(nextId(last('pending'), 'c')).toBeNull();
    expect(nextId(withListed([], [waitingCall('c', 'approved')]), 'c')).toBeNull();
  });

  it('begins at the first row', () => {
    expect(neighbourId(rows, null, 1)).toBe('a');
    expect(neighbourId([], null, 1)).toBeNull();
  });
});
