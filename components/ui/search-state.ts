'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

export type SearchChanges = Record<string, string | null>;

/** The query string after changes: null and '' take a key out, order is kept. */
export function changedSearch(search: string, changes: SearchChanges): string {
  const next = new URLSearchParams(search);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === '') next.delete(key);
    else next.set(key, value);
  }
  const text = next.toString();
  return text === '' ? '' : `?${text}`;
}

/**
 * What a page shows, kept in the URL without asking the server for the page again. `replace` for what follows the pointer
 * (filters, ranges), `push` for what the Back button should undo.
 */
export function useSearchState() {
  const params = useSearchParams();
  const write = useCallback((changes: SearchChanges, how: 'replace' | 'push' = 'replace') => {
    const { pathname, search, hash } = window.location;
    const next = changedSearch(search, changes);
    if (next === search) return;
    const url = `${pathname}${next}${hash}`;
    if (how === 'push') window.history.pushState(null, '', url);
    else window.history.replaceState(null, '', url);
  }, []);
  return { params, write };
}
