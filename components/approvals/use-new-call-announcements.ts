'use client';

import { useEffect, useRef } from 'react';
import { counted } from '@/lib/client/language';
import type { QueueRow } from './queue-rows';

/** New calls that come in within this time are told together. */
const GATHER_MS = 1_500;

/** Tells screen readers how many calls came in, once for a burst. */
export function useNewCallAnnouncements(
  rows: readonly QueueRow[],
  announce: (text: string) => void,
): void {
  const told = useRef(new Set<string>());
  const arrived = rows.filter((row) => row.unseen && !row.closed).map((row) => row.approval.id);
  const waiting = rows.filter((row) => !row.closed).length;
  const key = arrived.join(' ');
  useEffect(() => {
    const fresh = key.split(' ').filter((id) => id !== '' && !told.current.has(id));
    if (fresh.length === 0) return undefined;
    const timer = setTimeout(() => {
      fresh.forEach((id) => told.current.add(id));
      announce(
        counted(
          fresh.length,
          '{count} new call waits, {waiting} in all.',
          '{count} new calls wait, {waiting} in all.',
          { waiting },
        ),
      );
    }, GATHER_MS);
    return () => clearTimeout(timer);
  }, [key, waiting, announce]);
}
