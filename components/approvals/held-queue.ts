import type { Approval, QueueChanges, QueueCounts } from '@/lib/contracts';
import type { ApprovalPage } from './queries';
import {
  foldGroup,
  heldBack,
  markSeen,
  sweepClosed,
  withChanges,
  withKnown,
  withListed,
  type QueueRow,
} from './queue-rows';

const NO_PAGES: readonly ApprovalPage[] = [];
const NONE: ReadonlySet<string> = new Set();

/** What the approvals page holds of its queue, and where it came from. */
export interface HeldQueue {
  /** The list the rows are of. */
  readonly list: string;
  /** What the rows were made from: when one of these changes they are made anew. */
  readonly pages: readonly ApprovalPage[];
  readonly known: Approval | undefined;
  /** When the page heard of it, in milliseconds since the epoch. */
  readonly knownAt: number;
  readonly rows: readonly QueueRow[];
  /** Closed ones that were swept away. A page that was asked for before may still list them. */
  readonly swept: ReadonlySet<string>;
  /** Groups that are open. */
  readonly open: ReadonlySet<string>;
  /** Newly closed ones that are not shown yet. */
  readonly back: ReadonlySet<string>;
  readonly counts: QueueCounts | undefined;
  /** The next first page is the order of the rows, whatever stands there now. */
  readonly anew: boolean;
}

/** Nothing is held yet, of no list at all unless one is named. */
export const emptyQueue = (list = ''): HeldQueue => ({
  list,
  pages: NO_PAGES,
  known: undefined,
  knownAt: 0,
  rows: [],
  swept: NONE,
  open: NONE,
  back: NONE,
  counts: undefined,
  anew: false,
});

type Read = Pick<HeldQueue, 'list' | 'pages' | 'known' | 'knownAt'>;

/**
 * The queue after pages were read or the open call was. A page is listened to once: what came before it is newer by announcements
 * than it was then. A first page read anew begins from the beginning with what was swept away.
 */
export function withRead(held: HeldQueue, { list, pages, known, knownAt }: Read): HeldQueue {
  const before = held.list === list ? held : { ...emptyQueue(list), counts: held.counts };
  const isAnew = pages[0] !== before.pages[0];
  const swept = isAnew ? NONE : before.swept;
  const read = pages.filter((page) => !before.pages.includes(page));
  const listed = read.flatMap((page) => page.items).filter(({ id }) => !swept.has(id));
  const kept = isAnew && before.anew ? [] : before.rows;
  const rows = read.length === 0 ? before.rows : withListed(kept, listed);
  return {
    ...before,
    pages,
    known,
    knownAt,
    swept,
    anew: before.anew && !isAnew,
    rows: known === undefined ? rows : withKnown(rows, known),
    counts: isAnew ? (pages[0]?.counts ?? before.counts) : before.counts,
  };
}

/**
 * The queue after the server said what became of some approvals.
 *
 * @param append new ones go to the end; otherwise they are held back
 * @param askedAt when it was asked, in milliseconds since the epoch
 */
export function withNews(
  before: HeldQueue,
  changes: QueueChanges,
  append: boolean,
  askedAt: number,
): HeldQueue {
  const { known, knownAt } = before;
  const fresher = known?.state !== 'pending' && knownAt >= askedAt ? known?.id : undefined;
  const back = append ? [] : heldBack(before.rows, changes);
  return {
    ...before,
    rows: withChanges(before.rows, changes, { open: before.open, append, fresher }),
    back: back.length === 0 ? before.back : new Set([...before.back, ...back]),
    counts: changes.counts,
  };
}

/** The queue as it stands until its first page is read anew, which then orders it: nothing is held back any more. */
export const withOrderAsked = (held: HeldQueue): HeldQueue => ({
  ...held,
  anew: true,
  open: NONE,
  back: NONE,
});

/** The queue without its closed rows, all but the one that is open. */
export function withSwept(held: HeldQueue, openId: string | null): HeldQueue {
  const rows = sweepClosed(held.rows, openId);
  if (rows === held.rows) return held;
  const gone = held.rows.filter((row) => !rows.includes(row)).map((row) => row.approval.id);
  return { ...held, rows, swept: new Set([...held.swept, ...gone]) };
}

/** The queue with these rows marked as seen. */
export function withSeen(held: HeldQueue, ids: ReadonlySet<string>): HeldQueue {
  const rows = markSeen(held.rows, ids);
  return rows === held.rows ? held : { ...held, rows };
}

/** The queue with a group that stands open. */
export function withGroupOpen(
  before: HeldQueue,
  key: string,
  { members, counts }: QueueChanges,
): HeldQueue {
  return {
    ...before,
    rows: withListed(before.rows, members),
    open: new Set([...before.open, key]),
    counts,
  };
}

/** The queue with a group that stands as one row. */
export function withGroupFolded(before: HeldQueue, key: string): HeldQueue {
  const open = new Set([...before.open].filter((other) => other !== key));
  return { ...before, rows: foldGroup(before.rows, key), open };
}
