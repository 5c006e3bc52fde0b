import { V7Generator } from 'uuidv7';

const live = new V7Generator();
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
  return new V7Generator().generateOrResetWithTs(Math.floor(at)).toString();
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text from outside can be one of our ids at all; anything else cannot exist. */
export const isUuid = (text: string): boolean => UUID.test(text);
