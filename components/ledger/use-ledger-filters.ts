'use client';

import { useAddress } from '@/lib/client/use-address';

export interface LedgerFilters {
  kind: string;
  subject: string;
}

/** Filters and the opened entry live in the address, so that a link shows the same. */
export function useLedgerFilters() {
  const { get, change } = useAddress();
  return {
    filters: { kind: get('kind') ?? '', subject: get('subject') ?? '' },
    opened: get('entry'),
    setFilters: (filters: Partial<LedgerFilters>) => change({ ...filters }),
    open: (seq: string | undefined) => change({ entry: seq }),
    clear: () => change({ kind: undefined, subject: undefined }),
  };
}
