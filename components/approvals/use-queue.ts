'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { Approval } from '@/lib/contracts';
import {
  type QueueRow,
  type QueueUpdate,
  countHeld,
  markSeen,
  reconcileRows,
  sweepClosed,
} from './queue-rows';
import { approvalListOptions, recentlyClosedOptions } from './queries';
import type { ViewParams } from './view-params';

const NONE: readonly Approval[] = [];

interface Held {
  /** What the rows were made from: when one of these changes they are reconciled anew. */
  readonly key: string;
  readonly listed: readonly Approval[];
  readonly known: ReadonlyMap<string, Approval>;
  readonly rows: readonly QueueRow[];
}

/** The rows of the open tab, kept still under the reviewer while the server's list changes. */
export function useQueue(
  workspace: string,
  view: Pick<ViewParams, 'tab' | 'q' | 'agent'>,
  open: Approval | undefined,
) {
  const query = useInfiniteQuery(approvalListOptions(workspace, view));
  const listed = useMemo(
    () => query.data?.pages.flatMap((page) => page.items) ?? NONE,
    [query.data],
  );
  const key = JSON.stringify([view.tab, view.q.trim(), view.agent]);
  const [held, setHeld] = useState<Held>({ key, listed: NONE, known: new Map(), rows: [] });
  const known = useKnown(workspace, held.rows, open);

  const settled = query.data !== undefined && !query.isPlaceholderData;
  const changed = held.key !== key || held.listed !== listed || held.known !== known;
  if (settled && changed) {
    const update: QueueUpdate = {
      listed,
      known,
      complete: !query.hasNextPage && view.tab === 'pending',
      arrivals: view.tab === 'pending' ? 'append' : 'hold',
    };
    const previous = held.key === key ? held.rows : [];
    setHeld({ key, listed, known, rows: reconcileRows(previous, update) });
  }

  const change = useCallback((next: (rows: readonly QueueRow[]) => readonly QueueRow[]) => {
    setHeld((before) => {
      const rows = next(before.rows);
      return rows === before.rows ? before : { ...before, rows };
    });
  }, []);

  return {
    query,
    rows: held.rows,
    /** The rows are those of this view, not the last ones. */
    loaded: settled && held.key === key,
    counts: query.data?.pages.at(-1)?.counts,
    heldBack: view.tab === 'closed' && held.key === key ? countHeld(held.rows, listed) : 0,
    showHeldBack: useCallback(() => setHeld((before) => ({ ...before, key: '' })), []),
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

/** How the rows that left the queue ended, and the open approval as last read. */
function useKnown(
  workspace: string,
  rows: readonly QueueRow[],
  open: Approval | undefined,
): ReadonlyMap<string, Approval> {
  const unresolved = rows.some((row) => row.closed && row.approval.state === 'pending');
  const ended = useQuery({ ...recentlyClosedOptions(workspace), enabled: unresolved });
  return useMemo(() => {
    const all = [...(ended.data?.items ?? NONE), ...(open ? [open] : [])];
    return new Map(all.map((approval) => [approval.id, approval]));
  }, [ended.data, open]);
}
