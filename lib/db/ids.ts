import { V7Generator } from 'uuidv7';

/** Random numbers are fetched by the thousand: one call of the system for each id took longer than the id. */
const random = new Uint32Array(1024);
let used = random.length;

function nextUint32(): number {
  if (used === random.length) {
    crypto.getRandomValues(random);
    used = 0;
  }
  const next = random[used] ?? 0;
  used += 1;
  return next;
}

const live = new V7Generator({ nextUint32 });
/** Times this close to the present are the present: their ids come in the order they were made. */
const LIVE_MS = 5_000;

/**
 * A UUIDv7 (RFC 9562): sorts by time of creation, also within one millisecond.
 *
 * @param at ms since the epoch for history written with simulated time; the present without it.
 *   Ids of a simulated time are random within their millisecond and do not disturb the live order.
 */
export function newId(at?: number): string {
  if (at === undefined || Math.abs(at - Date.now()) < LIVE_MS) return live.generate().toString();
  return new V7Generator({ nextUint32 }).generateOrResetWithTs(Math.floor(at)).toString();
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text from outside can be one of our ids at all; anything else cannot exist. */
export const isUuid = (text: string): boolean => UUID.test(text);
