/** How often agents are looked up: enough for whoever relies on one, too little to try ids. */
import { DomainError } from '@/lib/contracts';

const MINUTE_MS = 60_000;
/** Lookups a minute of one caller, and of all who do not say who they are, in one process. */
const MOST = { known: 120, unknown: 600 } as const;

const counts = new Map<string, number>();
let minute = 0;

/**
 * @param caller as the ledger names them; undefined for anybody
 * @param now milliseconds since the epoch
 * @throws DomainError 429 `too_many_lookups`
 */
export function countLookup(caller: string | undefined, now: number): void {
  const current = Math.floor(now / MINUTE_MS);
  if (current !== minute) counts.clear();
  minute = current;
  const name = caller ?? 'anybody';
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  if (count <= (caller === undefined ? MOST.unknown : MOST.known)) return;
  throw new DomainError(
    'too_many',
    'too_many_lookups',
    'Too many agents were looked up in this minute.',
    { retryAfterSeconds: Math.ceil(((current + 1) * MINUTE_MS - now) / 1000) },
  );
}
