/** The canonical bytes of a ledger entry, opened for reading. Pure. */
import type { LedgerEntry } from '@/lib/contracts';

/** The entry's body, or nothing when the bytes are not JSON. */
export function entryBody(entry: Pick<LedgerEntry, 'canonical'>): unknown {
  try {
    const parsed: unknown = JSON.parse(entry.canonical);
    return typeof parsed === 'object' && parsed !== null && 'body' in parsed ? parsed.body : parsed;
  } catch {
    return undefined;
  }
}

/** First and last characters of a hash, enough to compare by eye. */
export function shortHash(hash: string): string {
  return hash.length > 20 ? `${hash.slice(0, 10)}…${hash.slice(-6)}` : hash;
}
