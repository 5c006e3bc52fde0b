'use client';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Approval, QueueChanges } from '@/lib/contracts';
import {
  emptyQueue,
  withGroupFolded,
  withGroupOpen,
  withNews,
  withOrderAsked,
  withRead,
  withSeen,
  withSwept,
  type HeldQueue,
} from './held-queue';
import { approvalListOptions, fetchChanges, queueKeyOf, type ApprovalPage } from './queries';
import { groupPlaces } from './queue-rows';
import { useQueueNews } from './use-queue-news';
import { type ViewParams, listOf } from './view-params';

const NO_PAGES: readonly ApprovalPage[] = [];

/** What the page knows of the open call, which may be newer than what the list says. */
export interface Known {
  readonly approval: Approval | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

interface Hearing {
  /** Hears why a group could not be opened. */
  readonly onFailure: (error: unknown) => void;
  /** Hears how approvals stand that were announced, in the list or not. */
  readonly onHeard: (approvals: readonly Approval[]) => void;
}

/** The rows of a view, kept still under the reviewer while the queue changes. */
export function useQueue(
  workspace: string,
  view: ViewParams,
  { approval: known, at: knownAt }: Known,
  { onFailure, onHeard }: Hearing,
) {
  const { query, pages, settled, reread } = useList(workspace, view);
  const list = listOf(view);
  const [held, setHeld] = useState(() => emptyQueue(list));
  const newList = held.list !== list;
  if (settled && (newList || held.pages !== pages || held.known !== known))
    setHeld((before) => withRead(before, { list, pages, known, knownAt }));
  const take = (changes: QueueChanges, askedAt: number): void => {
    setHeld(ifOf(list, (before) => withNews(before, changes, view.tab !== 'closed', askedAt)));
    onHeard(changes.changed);
  };
  useQueueNews({ workspace, view, rows: held.rows, counts: held.counts, take, reread });

  return {
    query,
    rows: held.rows,
    places: useMemo(() => groupPlaces(held.rows, held.open), [held.rows, held.open]),
    /** The rows are those of this view, not the last ones. */
    loaded: settled && !newList,
    counts: held.counts,
    open: held.open,
    heldBack: held.back.size,
    /** Puts every row in its place, and shows what was held back. */
    orderAnew: (): void => {
      setHeld(withOrderAsked);
      reread();
    },
    /** Shows again what was swept away. */
    restore: (): void => {
      setHeld((before) => ({ ...emptyQueue(), counts: before.counts }));
      reread();
    },
    /** Opens a group, or folds it. */
    toggleGroup: (key: string): void => {
      if (held.open.has(key)) return setHeld((before) => withGroupFolded(before, key));
      const open = (changes: QueueChanges): void =>
        setHeld(ifOf(list, (before) => withGroupOpen(before, key, changes)));
      fetchChanges(workspace, view, { groups: [key] }).then(open, onFailure);
    },
    sweep: useCallback(
      (openId: string | null) => setHeld((before) => withSwept(before, openId)),
      [],
    ),
    seen: useCallback((ids: ReadonlySet<string>) => setHeld((before) => withSeen(before, ids)), []),
  };
}

/** An answer about a list that is no longer shown changes nothing. */
const ifOf = (list: string, next: (held: HeldQueue) => HeldQueue) => (held: HeldQueue) =>
  held.list === list ? next(held) : held;

/** The pages of the list as the server has sent them. */
function useList(workspace: string, view: ViewParams) {
  const client = useQueryClient();
  const options = approvalListOptions(workspace, view);
  const query = useInfiniteQuery(options);
  const list = listOf(view);
  // Nobody follows what happens to a list that is not shown, so that it is read anew when somebody comes back to it.
  useEffect(() => {
    const forget = () =>
      client.removeQueries({ queryKey: queueKeyOf(workspace), type: 'inactive' });
    forget();
    return forget;
  }, [client, workspace, list]);
  /** After a gap in the announcements the list is read anew, beginning with its first page. */
  const reread = (): void => {
    client.setQueryData(
      options.queryKey,
      (data) => data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    );
    void client.invalidateQueries({ queryKey: options.queryKey });
  };
  const settled = query.data !== undefined && !query.isPlaceholderData;
  return { query, pages: query.data?.pages ?? NO_PAGES, settled, reread };
}
