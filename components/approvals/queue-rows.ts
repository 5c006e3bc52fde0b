import type { Approval, QueueChanges } from '@/lib/contracts';

/**
 * The rows of the live queue. The server says what waits; this decides what is shown and where, so that a live update
 * never moves a row somebody is looking at: rows keep their order, new ones go to the end, closed ones stay where they are
 * until they are swept. Like requests stand as one row until their group is opened.
 */
export interface QueueRow {
  readonly approval: Approval;
  /** Came in while the page was open and has not been on screen yet. */
  readonly unseen: boolean;
  /** Came in while the page was open and stands behind the others instead of in its place. */
  readonly late?: true;
  /** No longer waiting, or no longer in this list; shows how it ended until the reviewer moves on. */
  readonly closed: boolean;
}
type Rows = readonly QueueRow[];

const groupOf = (row: QueueRow): string | undefined => row.approval.group?.key;

/**
 * The rows with those the server lists: what is known is refreshed in its place, what is not goes behind the others of its group, or
 * to the end. What did not change keeps its identity, down to the list itself, so that the screen draws only what did.
 *
 * @param unseen the new ones came in while the page was open
 */
export function withListed(rows: Rows, listed: readonly Approval[], unseen = false): Rows {
  const newest = new Map(listed.map((approval) => [approval.id, approval]));
  const kept = mapRows(rows, (row) => inList(refreshed(row, newest.get(row.approval.id)), newest));
  const shown = new Set(rows.map((row) => row.approval.id));
  const added = listed.filter(({ id }) => !shown.has(id));
  return added.reduce((all, approval) => insert(all, rowOf(approval, unseen)), kept);
}

export interface ListState {
  /** Keys of the groups that are open. */
  readonly open: ReadonlySet<string>;
  /** New items go to the end of what waits; of the newest first they are held back. */
  readonly append: boolean;
  /** A closed approval of which the page has heard after it asked for the changes: they may be older. */
  readonly fresher?: string | undefined;
}

/**
 * The rows after what the server said about a few approvals. Changes are asked for one after the other and each answer is newer than
 * the one before, so that an approval somebody took back waits again.
 */
export function withChanges(
  rows: Rows,
  changes: QueueChanges,
  { open, append, fresher }: ListState,
): Rows {
  const listed = new Set(changes.listed);
  const changed = new Map(changes.changed.map((approval) => [approval.id, approval]));
  const sizes = sizesOf(changes);
  const kept = mapRows(rows, (row) => {
    const approval = changed.get(row.approval.id);
    if (approval === undefined) return resized(row, sizes);
    const isNewest = listed.has(approval.id) && approval.id !== fresher;
    const next = inList(refreshed(row, approval, isNewest), listed);
    return next.closed || listed.has(approval.id) ? next : { ...next, closed: true };
  });
  if (!append) return kept;
  const shown = new Set(rows.map((row) => row.approval.id));
  const led = new Set(kept.filter((row) => !row.closed).flatMap((row) => groupOf(row) ?? []));
  const single = changes.changed.filter(
    ({ id, group }) =>
      listed.has(id) && !shown.has(id) && (group === undefined || open.has(group.key)),
  );
  const heads = changes.heads.filter(
    ({ id, group }) => !shown.has(id) && group !== undefined && !led.has(group.key),
  );
  return [...single, ...heads.filter(({ id }) => !single.some((one) => one.id === id))].reduce(
    (all, approval) => insert(all, { ...rowOf(approval, true), late: true }),
    kept,
  );
}

/** How many items of a newest-first list are not in the rows yet. */
export function heldBack(rows: Rows, changes: QueueChanges): string[] {
  const shown = new Set(rows.map((row) => row.approval.id));
  return changes.listed.filter((id) => !shown.has(id));
}

/** Folds a group: its first row that waits stays. */
export function foldGroup(rows: Rows, key: string): Rows {
  const first = rows.find((row) => groupOf(row) === key && !row.closed);
  return rows.filter((row) => groupOf(row) !== key || row === first || row.closed);
}

/** The rows with the newest knowledge of one approval, for example a verdict just given. */
export function withKnown(rows: Rows, known: Approval): Rows {
  return mapRows(rows, (row) => (row.approval.id === known.id ? refreshed(row, known) : row));
}

/** Removes the closed rows, all but the one that is open. */
export function sweepClosed(rows: Rows, openId: string | null): Rows {
  const left = rows.filter((row) => !row.closed || row.approval.id === openId);
  return left.length === rows.length ? rows : left;
}

/** Marks the rows on screen as seen. */
export function markSeen(rows: Rows, ids: ReadonlySet<string>): Rows {
  return mapRows(rows, (row) =>
    row.unseen && ids.has(row.approval.id) ? { ...row, unseen: false } : row,
  );
}

/** What came in below the row `last`: how much, how much of it is critical, and the place of the first that matters most. */
export function newBelow(
  rows: Rows,
  last: number,
): { readonly count: number; readonly critical: number; readonly next: number } {
  const places = rows.flatMap((row, at) => (at > last && row.unseen && !row.closed ? [at] : []));
  const critical = places.filter((at) => rows[at]?.approval.risk === 'critical');
  return {
    count: places.length,
    critical: critical.length,
    next: critical[0] ?? places[0] ?? -1,
  };
}

/** The id `step` rows from `currentId`; at the ends it stays, and without a current row it is the first. */
export function neighbourId(rows: Rows, currentId: string | null, step: number): string | null {
  const index = rows.findIndex((row) => row.approval.id === currentId);
  const target = index === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, index + step));
  return rows[target]?.approval.id ?? null;
}

/** What the rows stand for: calls that wait, the rows they take, those at the end instead of in their place, and what is closed. */
export function shownCounts(rows: Rows, places: readonly GroupPlace[]) {
  const waiting = rows.flatMap((row, at) => (row.closed ? [] : [{ row, place: places[at] }]));
  const sizes = waiting.map(({ row, place }) =>
    place === 'folded' ? (row.approval.group?.size ?? 1) : 1,
  );
  return {
    calls: sizes.reduce((sum, size) => sum + size, 0),
    rows: waiting.length,
    late: waiting.filter(({ row }) => row.late).length,
    closed: rows.length - waiting.length,
  };
}

/**
 * Where to go on from a row: one below, and from the last one, once it is decided, back to the first that waits. Null where there
 * is nothing to go on to.
 */
export function nextId(rows: Rows, currentId: string | null): string | null {
  const below = neighbourId(rows, currentId, 1);
  if (below !== currentId) return below;
  const current = rows.find((row) => row.approval.id === currentId);
  if (current?.closed !== true) return null;
  return rows.find((row) => !row.closed)?.approval.id ?? null;
}

/** What a row is to its group: the head of a folded or an open one, a member of an open one, or no part of any. */
export type GroupPlace = 'alone' | 'folded' | 'open' | 'member';

/** The places of all rows. */
export function groupPlaces(rows: Rows, open: ReadonlySet<string>): readonly GroupPlace[] {
  const met = new Set<string>();
  return rows.map((row) => {
    const { group } = row.approval;
    if (group === undefined) return 'alone';
    if (met.has(group.key)) return 'member';
    // What is decided leads nothing, and one that waits alone is no group.
    if (row.closed || group.size < 2) return 'alone';
    if (!open.has(group.key)) return 'folded';
    met.add(group.key);
    return 'open';
  });
}

const rowOf = (approval: Approval, unseen: boolean): QueueRow => {
  const closed = approval.state !== 'pending';
  return { approval, unseen: unseen && !closed, closed };
};

/** Behind the others of its group; what is closed stands where the server lists it. */
function insert(rows: Rows, row: QueueRow): Rows {
  const key = row.closed ? undefined : groupOf(row);
  const last = key === undefined ? -1 : rows.findLastIndex((other) => groupOf(other) === key);
  return last === -1 ? [...rows, row] : rows.toSpliced(last + 1, 0, row);
}

function mapRows(rows: Rows, change: (row: QueueRow) => QueueRow): Rows {
  const next = rows.map(change);
  return next.every((row, index) => row === rows[index]) ? rows : next;
}

/** Nothing older may bring a closed approval back to waiting. @param isNewest what the server says is newer than the row */
function refreshed(row: QueueRow, approval: Approval | undefined, isNewest = false): QueueRow {
  if (approval === undefined || approval === row.approval) return row;
  const wasFinal = row.approval.state !== 'pending';
  if (wasFinal && approval.state === 'pending' && !isNewest) return row;
  return { ...row, approval, closed: row.closed || approval.state !== 'pending' };
}

/** What the server lists is in the list, also when it had left it. */
function inList(row: QueueRow, listed: { has: (id: string) => boolean }): QueueRow {
  const back = row.closed && row.approval.state === 'pending' && listed.has(row.approval.id);
  return back ? { ...row, closed: false } : row;
}

function sizesOf({ changed, heads, members }: QueueChanges): ReadonlyMap<string, number> {
  const groups = [...changed, ...heads, ...members].flatMap(({ group }) => group ?? []);
  return new Map(groups.map(({ key, size }) => [key, size]));
}

function resized(row: QueueRow, sizes: ReadonlyMap<string, number>): QueueRow {
  const { group } = row.approval;
  const size = group === undefined ? undefined : sizes.get(group.key);
  if (group === undefined || size === undefined || size === group.size) return row;
  return { ...row, approval: { ...row.approval, group: { ...group, size } } };
}
