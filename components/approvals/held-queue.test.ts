import { describe, expect, it } from 'vitest';
import { changesWith, listOfCalls, waitingCall } from './testing/calls';
import {
  emptyQueue,
  withNews,
  withOrderAsked,
  withRead,
  withSwept,
  type HeldQueue,
} from './held-queue';
import type { ApprovalPage } from './queries';

const pageOf = (...ids: string[]): ApprovalPage => ({
  items: listOfCalls(...ids),
  nextCursor: 'more',
  counts: { pending: ids.length, oldestAt: null },
});
const idsOf = (held: HeldQueue) => held.rows.map((row) => row.approval.id);
const read = (held: HeldQueue, ...pages: ApprovalPage[]) =>
  withRead(held, { list: 'all', pages, known: undefined, knownAt: 0 });
const ended = (held: HeldQueue, id: string) =>
  withNews(held, changesWith({ changed: [waitingCall(id, 'approved')] }), true, 1);

describe('a queue whose order was asked for', () => {
  const first = pageOf('a', 'b');
  const late = withNews(
    read(emptyQueue('all'), first),
    changesWith({ changed: listOfCalls('new'), listed: ['new'] }),
    true,
    1,
  );

  it('stays as it is until its first page is read anew, which then is the order', () => {
    const asked = withOrderAsked(late);
    expect(idsOf(asked)).toEqual(['a', 'b', 'new']);
    expect(idsOf(read(asked, first))).toEqual(['a', 'b', 'new']);
    const sorted = read(asked, pageOf('new', 'a', 'b'));
    expect(idsOf(sorted)).toEqual(['new', 'a', 'b']);
    expect(sorted.rows.some((row) => row.late)).toBe(false);
  });

  it('keeps its order again after that', () => {
    const sorted = read(withOrderAsked(late), pageOf('new', 'a', 'b'));
    expect(idsOf(read(sorted, pageOf('b', 'a', 'new')))).toEqual(['new', 'a', 'b']);
  });
});

describe('a queue that was worked through', () => {
  const first = pageOf('a', 'b', 'c');
  const start = read(emptyQueue('all'), first);
  const afterTwo = withSwept(ended(ended(start, 'a'), 'b'), 'c');

  it('does not bring back what was decided when its next page is read', () => {
    expect(idsOf(afterTwo)).toEqual(['c']);
    expect(idsOf(read(afterTwo, first, pageOf('d', 'e')))).toEqual(['c', 'd', 'e']);
  });

  it('does not believe a page that was on its way while a call of it was decided', () => {
    const both = read(start, first, pageOf('d'));
    const swept = withSwept(ended(both, 'd'), 'c');
    expect(idsOf(read(swept, first, pageOf('d'), pageOf('d', 'e')))).toEqual(['a', 'b', 'c', 'e']);
  });

  it('keeps what it heard since a page was read when another one comes', () => {
    const claim = { by: 'ann', name: 'Ann', until: '2026-11-20T10:30:00.000Z' };
    const claimed = { ...waitingCall('c'), claim };
    const heard = withNews(start, changesWith({ changed: [claimed], listed: ['c'] }), true, 1);
    const row = read(heard, first, pageOf('d')).rows.find(({ approval }) => approval.id === 'c');
    expect(row?.approval.claim).toEqual(claim);
  });

  it('takes back what was undone, when the list is read anew', () => {
    expect(idsOf(read(afterTwo, pageOf('a', 'c')))).toEqual(['c', 'a']);
  });

  it('takes back what was undone, when it is told', () => {
    const undone = changesWith({ changed: [waitingCall('a')], listed: ['a'] });
    expect(idsOf(withNews(afterTwo, undone, true, 2))).toEqual(['c', 'a']);
  });

  it('starts anew with another list', () => {
    const other = withRead(afterTwo, {
      list: 'mine',
      pages: [first],
      known: undefined,
      knownAt: 0,
    });
    expect(idsOf(other)).toEqual(['a', 'b', 'c']);
  });
});
