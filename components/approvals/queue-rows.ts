import type { Approval } from '@/lib/contracts';

/**
 * The rows of the live queue. The server says what waits; this decides what is shown and where, so that a live update
 * never moves a row somebody is looking at: rows keep their order, new ones go to the end, closed ones stay where they are
 * until they are swept.
 */
export interface QueueRow {
  readonly approval: Approval;
  /** Came in while the page was open and has not been on screen yet. */
  readonly unseen: boolean;
  /** No longer waiting; shows how it ended until the reviewer moves on. */
  readonly closed: boolean;
}

export interface QueueUpdate {
  /** What the server lists now, in its order. */
  readonly listed: readonly Approval[];
  /** The whole queue is loaded: a row that is not listed has left it. */
  readonly complete: boolean;
  /**
   * What becomes of an item that the server sorts before one already shown: `append` puts it at the end, `hold` leaves it out
   * until the list is read anew (the closed tab, which is newest first).
   */
  readonly arrivals: 'append' | 'hold';
  /** Newest knowledge of single approvals, for example the open detail or a verdict just given. */
  readonly known: ReadonlyMap<string, Approval>;
}

/**
 * The rows after a live update. `previous` is empty on first load, when nothing counts as new. What did not change keeps its
 * identity, down to the list itself, so that the screen draws only what did.
 */
export function reconcileRows(
  previous: readonly QueueRow[],
  update: QueueUpdate,
): readonly QueueRow[] {
  const listed = new Map(update.listed.map((approval) => [approval.id, approval]));
  const first = previous.length === 0;
  const kept = previous.map((row) => keepRow(row, listed.get(row.approval.id), update));
  const added = arrivals(previous, update).map((approval): QueueRow => {
    const newest = ended(approval, update.known.get(approval.id));
    const closed = newest.state !== 'pending';
    return { approval: newest, unseen: !first && !closed, closed };
  });
  const same = added.length === 0 && kept.every((row, index) => row === previous[index]);
  return same ? previous : [...kept, ...added];
}

/** How many items the server lists that the rows hold back. */
export function countHeld(rows: readonly QueueRow[], listed: readonly Approval[]): number {
  const shown = new Set(rows.map((row) => row.approval.id));
  return listed.filter((approval) => !shown.has(approval.id)).length;
}

function arrivals(previous: readonly QueueRow[], update: QueueUpdate): Approval[] {
  const shown = new Set(previous.map((row) => row.approval.id));
  const from =
    update.arrivals === 'append'
      ? 0
      : update.listed.findLastIndex((approval) => shown.has(approval.id)) + 1;
  return update.listed.slice(from).filter((approval) => !shown.has(approval.id));
}

/** Removes the closed rows, all but the one that is open. */
export function sweepClosed(rows: readonly QueueRow[], openId: string | null): readonly QueueRow[] {
  const left = rows.filter((row) => !row.closed || row.approval.id === openId);
  return left.length === rows.length ? rows : left;
}

/** Marks the rows on screen as seen. */
export function markSeen(rows: readonly QueueRow[], ids: ReadonlySet<string>): readonly QueueRow[] {
  const change = rows.some((row) => row.unseen && ids.has(row.approval.id));
  if (!change) return rows;
  return rows.map((row) => (ids.has(row.approval.id) ? { ...row, unseen: false } : row));
}

export function countUnseen(rows: readonly QueueRow[]): number {
  return rows.filter((row) => row.unseen && !row.closed).length;
}

/** The id `step` rows from `currentId`; at the ends it stays, and without a current row it is the first. */
export function neighbourId(
  rows: readonly QueueRow[],
  currentId: string | null,
  step: number,
): string | null {
  const index = rows.findIndex((row) => row.approval.id === currentId);
  const target = index === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, index + step));
  return rows[target]?.approval.id ?? null;
}

function keepRow(row: QueueRow, listed: Approval | undefined, update: QueueUpdate): QueueRow {
  const known = ended(row.approval, update.known.get(row.approval.id));
  const approval = known.state === 'pending' ? (listed ?? known) : known;
  const gone = listed === undefined && update.complete;
  const closed = row.closed || gone || approval.state !== 'pending';
  return approval === row.approval && closed === row.closed ? row : { ...row, approval, closed };
}

/** A closed state is final: nothing older may bring an approval back to waiting. */
function ended(one: Approval, other: Approval | undefined): Approval {
  return one.state === 'pending' && other !== undefined && other.state !== 'pending' ? other : one;
}
