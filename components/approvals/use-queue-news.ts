'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { useLiveGap, useLiveListener } from '@/lib/client/use-live-events';
import type { LiveEvent, QueueChanges, QueueCounts } from '@/lib/contracts';
import { MOST_ASKED, fetchChanges } from './queries';
import type { QueueRow } from './queue-rows';
import type { ViewParams } from './view-params';

/** What is announced within this time (ms) is asked for together; while an answer is on its way, what comes waits for it. */
const GATHER_MS = 15;
const BETWEEN_MS = 100;
const RETRY_MS = 2_000;

interface News {
  workspace: string;
  view: ViewParams;
  rows: readonly QueueRow[];
  counts: QueueCounts | undefined;
  /** @param askedAt when it was asked for, in milliseconds since the epoch */
  take: (changes: QueueChanges, askedAt: number) => void;
  /** Reads the list anew. */
  reread: () => void;
}

/** Follows the announcements about approvals: asks what became of those that are named, and of nothing else. */
export function useQueueNews(news: News): void {
  const latest = useRef(news);
  useEffect(() => {
    latest.current = news;
  });
  const [asker] = useState(() => makeAsker());
  useEffect(() => {
    asker.open(() => latest.current);
    return asker.close;
  }, [asker]);
  useLiveListener(asker.hear);
  useLiveGap(
    useCallback(() => {
      const { rows, reread } = latest.current;
      reread();
      // What the first page no longer names may have ended, or have moved to a later page.
      asker.ask(rows.filter((row) => !row.closed).map((row) => row.approval.id));
    }, [asker]),
  );
  useWake(news);
}

/** What somebody put aside comes back without an announcement. */
function useWake({ counts, reread }: News): void {
  const at = counts?.wakesAt ?? null;
  const latest = useRef(reread);
  useEffect(() => {
    latest.current = reread;
  });
  useEffect(() => {
    if (at === null) return undefined;
    const timer = setTimeout(
      () => latest.current(),
      Math.max(500, Date.parse(at) - Date.now() + 250),
    );
    return () => clearTimeout(timer);
  }, [at]);
}

/** Gathers ids and asks for them, one question at a time. */
function makeAsker() {
  const waiting = new Set<string>();
  let news: (() => News) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  const later = (ms: number): void => {
    if (running || news === undefined || waiting.size === 0) return;
    timer ??= setTimeout(() => void run(), ms);
  };
  const run = async (): Promise<void> => {
    timer = undefined;
    if (news === undefined) return;
    running = true;
    const ids = [...waiting].slice(0, MOST_ASKED);
    ids.forEach((id) => waiting.delete(id));
    const { workspace, view, take } = news();
    const askedAt = Date.now();
    const changes = await fetchChanges(workspace, view, { ids }).catch(() => undefined);
    running = false;
    // Without an answer nothing is known: they are asked for again.
    if (changes === undefined) ids.forEach((id) => waiting.add(id));
    else take(changes, askedAt);
    later(changes === undefined ? RETRY_MS : BETWEEN_MS);
  };
  const ask = (ids: readonly string[]): void => {
    ids.forEach((id) => waiting.add(id));
    later(GATHER_MS);
  };
  return {
    ask,
    hear: ({ type, subjectId }: LiveEvent): void => {
      if (type.startsWith('approval.') && subjectId !== null) ask([subjectId]);
    },
    open: (latest: () => News): void => {
      news = latest;
      later(GATHER_MS);
    },
    close: (): void => {
      news = undefined;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
