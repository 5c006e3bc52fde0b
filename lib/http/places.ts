/**
 * How much of one thing may be open at once, for one caller and in one process: what is held open costs memory, a poll or a
 * processor, and nobody may take all of it.
 */
import { DomainError } from '@/lib/contracts';

interface Bound {
  readonly oneCaller: number;
  readonly process: number;
  /** When a caller that finds no place may come back. */
  readonly retryAfterSeconds: number;
  /** What there is too much of, to finish the sentence "Too many ...". */
  readonly what: string;
}

/** A new kind of thing that is held open is a new entry. A gateway is one caller, however many agents it speaks for. */
const BOUNDS = {
  waits: {
    oneCaller: 256,
    process: 1024,
    retryAfterSeconds: 5,
    what: 'calls wait for a decision',
  },
  streams: { oneCaller: 64, process: 1024, retryAfterSeconds: 10, what: 'live streams are open' },
  verifications: {
    oneCaller: 4,
    process: 32,
    retryAfterSeconds: 5,
    what: 'checks of a ledger wait for their turn',
  },
  intakes: {
    oneCaller: 16,
    process: 64,
    retryAfterSeconds: 2,
    what: 'deliveries of evidence are taken in',
  },
  searches: { oneCaller: 8, process: 32, retryAfterSeconds: 2, what: 'searches run' },
} as const satisfies Record<string, Bound>;
export type PlaceKind = keyof typeof BOUNDS;

/** Next loads modules more than once; the count is one a process. */
const holder = globalThis as typeof globalThis & { belayPlaces?: Map<string, number> };

/**
 * Takes a place until the function that is returned is called; calling it again changes nothing.
 *
 * @param caller as the ledger names who calls, with the workspace where that is not part of it
 * @throws DomainError 429 `too_many_open`
 */
export function takePlace(kind: PlaceKind, caller: string): () => void {
  const taken = (holder.belayPlaces ??= new Map<string, number>());
  const { oneCaller, process, retryAfterSeconds, what } = BOUNDS[kind];
  const mine = `${kind} ${caller}`;
  const count = (name: string) => taken.get(name) ?? 0;
  const scope = count(mine) >= oneCaller ? 'for one caller' : 'in this process';
  if (count(mine) >= oneCaller || count(kind) >= process)
    throw new DomainError('too_many', 'too_many_open', `Too many ${what} ${scope}.`, {
      retryAfterSeconds,
    });
  const add = (name: string, change: 1 | -1) => {
    const next = count(name) + change;
    if (next === 0) taken.delete(name);
    else taken.set(name, next);
  };
  for (const name of [mine, kind]) add(name, 1);
  let left = false;
  return () => {
    if (left) return;
    left = true;
    for (const name of [mine, kind]) add(name, -1);
  };
}
