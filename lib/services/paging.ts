/** Keyset paging: a cursor holds the sort values of the last row that was sent. */
import { z } from 'zod';
import { DomainError } from '@/lib/contracts';

export type CursorValue = string | number;

/** What a list sorts by. A cursor comes back from outside, so each value is checked before the database sees it. */
const CURSOR_VALUES = {
  text: z.string().refine((value) => !value.includes('\u0000')),
  id: z.uuid(),
  instant: z.iso.datetime({ offset: true }),
  number: z.number(),
  integer: z.int(),
} as const;
export type CursorKind = keyof typeof CURSOR_VALUES;

/** A cursor that holds these values. */
export function encodeCursor(values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

/**
 * The sort values in a cursor; none without a cursor.
 *
 * @param kinds what the list sorts by, in order
 * @throws DomainError `malformed_cursor`
 */
export function decodeCursor(
  cursor: string | undefined,
  kinds: readonly CursorKind[],
): (CursorValue | undefined)[] {
  if (cursor === undefined) return [];
  try {
    const given: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const values = z.array(z.unknown()).length(kinds.length).parse(given);
    return kinds.map((kind, index) => CURSOR_VALUES[kind].parse(values[index]));
  } catch {
    throw new DomainError(
      'malformed',
      'malformed_cursor',
      'The cursor is not one of this list. Start again without it.',
    );
  }
}

/**
 * One page out of up to `limit + 1` rows: the extra row says that there is more.
 *
 * @param keyOf the sort values of a row
 * @param isCut there is more although there is no extra row: the rows together were too large for one page
 */
export function pageFrom<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly CursorValue[],
  serialize: (row: Row) => Item,
  isCut = false,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = (rows.length > limit || isCut) && last !== undefined;
  return { items: shown.map(serialize), nextCursor: more ? encodeCursor(keyOf(last)) : null };
}

/** Text a person searches for, as the pattern of an ILIKE: their % and _ are ordinary characters. */
export function containsPattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
