'use client';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { Approval, QueueChanges, QueueCounts } from '@/lib/contracts';
import { approvalListOptions, fetchChanges } from './queries';
import {
  type QueueRow,
  foldGroup,
  groupPlaces,
  heldBack,
  markSeen,
  sweepClosed,
  withChanges,
  withKnown,
  withListed,
} from './queue-rows';
import { useQueueNews } from './use-queue-news';
import { type ViewParams, listOf } from './view-params';

const NONE: readonly Approval[] = [];
const NO_GROUP: ReadonlySet<string> = new Set();

interface Held {
  /** The list the rows are of. */
  readonly list: string;
  /** What the rows were made from: when one of these changes they are made anew. */
  readonly listed: readonly Approval[];
  readonly known: Approval | undefined;
  /** When the page heard of it, in milliseconds since the epoch. */
  readonly knownAt: number;
  readonly rows: readonly QueueRow[];
  /** Groups that are open. */
  readonly open: ReadonlySet<string>;
  /** Newly closed ones that are not shown yet. */
  readonly back: ReadonlySet<string>;
  readonly counts: QueueCounts | undefined;
}

const EMPTY = {
  listed: NONE,
  known: undefined,
  knownAt: 0,
  rows: [],
  open: NO_GROUP,
  back: NO_GROUP,
} as const;

/** What the page knows of the open call, which may be newer than what the list says. */
export interface Known {
  readonly approval: Approval | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * The rows of a view, kept still under the reviewer while the queue changes.
 *
 * @param onFailure hears why a group could not be opened
 */
export function useQueue(
  workspace: string,
  view: ViewParams,
  { approval: known, at: knownAt }: Known,
  onFailure: (error: unknown) => void,
) {
  const { query, listed, counts, settled, reread } = useList(workspace, view);
  const list = listOf(view);
  const [held, setHeld] = useState<Held>({ ...EMPTY, list, counts: undefined });
  const newList = held.list !== list;
  if (settled && (newList || held.listed !== listed || held.known !== known))
    setHeld((before) => ({ ...remade(before, { list, listed, known, counts }), knownAt }));
  const take = (changes: QueueChanges, askedAt: number): void =>
    setHeld(ifOf(list, (before) => changed(before, changes, view.tab !== 'closed', askedAt)));
  useQueueNews({ workspace, view, rows: held.rows, counts: held.counts, take, reread });

  const change = useCallback((next: (rows: readonly QueueRow[]) => readonly QueueRow[]) => {
    setHeld((before) => {
      const rows = next(before.rows);
      return rows === before.rows ? before : { ...before, rows };
    });
  }, []);
  return {
    query,
    rows: held.rows,
    places: useMemo(() => groupPlaces(held.rows, held.open), [held.rows, held.open]),
    /** The rows are those of this view, not the last ones. */
    loaded: settled && !newList,
    counts: held.counts,
    open: held.open,
    heldBack: held.back.size,
    showHeldBack: (): void => {
      setHeld((before) => ({ ...before, ...EMPTY, list: '' }));
      reread();
    },
    /** Opens a group, or folds it. */
    toggleGroup: (key: string): void => {
      if (held.open.has(key)) return setHeld((before) => folded(before, key));
      const open = (changes: QueueChanges): void =>
        setHeld(ifOf(list, (before) => opened(before, key, changes)));
      fetchChanges(workspace, view, { groups: [key] }).then(open, onFailure);
    },
    sweep: useCallback(
      (openId: string | null) => change((rows) => sweepClosed(rows, openId)),
      [change],
    ),
    seen: useCallback(
      (ids: ReadonlySet<string>) => change((rows) => markSeen(rows, ids)),
      [change],
    ),
  };
}

/** An answer about a list that is no longer shown changes nothing. */
const ifOf = (list: string, next: (held: Held) => Held) => (held: Held) =>
  held.list === list ? next(held) : held;

/** The pages of the list as the server has sent them. */
function useList(workspace: string, view: ViewParams) {
  const client = useQueryClient();
  const options = approvalListOptions(workspace, view);
  const query = useInfiniteQuery(options);
  const pages = query.data?.pages;
  const listed = useMemo(() => pages?.flatMap((page) => page.items) ?? NONE, [pages]);
  /** After a gap in the announcements the list is read anew, beginning with its first page. */
  const reread = (): void => {
    client.setQueryData(
      options.queryKey,
      (data) => data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    );
    void client.invalidateQueries({ queryKey: options.queryKey });
  };
  const settled = query.data !== undefined && !query.isPlaceholderData;
  return { query, listed, counts: pages?.[0]?.counts, settled, reread };
}

function remade(
  held: Held,
  { list, listed, known, counts }: Pick<Held, 'list' | 'listed' | 'known' | 'counts'>,
): Held {
  const before = held.list === list ? held : { ...EMPTY, list, counts: held.counts };
  const rows = before.listed === listed ? before.rows : withListed(before.rows, listed);
  return {
    ...before,
    listed,
    known,
    rows: known === undefined ? rows : withKnown(rows, known),
    counts: before.listed === listed ? before.counts : (counts ?? before.counts),
  };
}

function changed(before: Held, changes: QueueChanges, append: boolean, askedAt: number): Held {
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

function opened(before: Held, key: string, { members, counts }: QueueChanges): Held {
  return {
    ...before,
    rows: withListed(before.rows, members),
    open: new Set([...before.open, key]),
    counts,
  };
}

function folded(before: Held, key: string): Held {
  const open = new Set([...before.open].filter((other) => other !== key));
  return { ...before, rows: foldGroup(before.rows, key), open };
}
