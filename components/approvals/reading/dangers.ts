import { revealUntrusted } from '@/components/ui/untrusted';
import { counted, t } from '@/lib/client/language';
import type { ArgumentRow } from '../argument-rows';
import type { Reading } from './kinds';
import { lineOf } from './line-of';

/** A value that must not be overlooked. */
export interface Danger {
  readonly row: ArgumentRow;
  /** Its place among all values of the call, from 1. */
  readonly position: number;
  /** The first lines of the value it holds for, from 1; none for a value of one line. */
  readonly lines: readonly number[];
  /** How many places of the value it holds for. */
  readonly places: number;
  /** A sentence. */
  readonly why: string;
}

/** Lines named of one value for one reason. */
const MOST_LINES = 3;

export interface Found {
  readonly why: string;
  /** UTF-16 offset in the value's text. */
  readonly at?: number;
}

/** What stands out in a value of a call that is read in a way of its own. */
export type Check = (row: ArgumentRow, reading: Reading) => readonly Found[];

const hidden = (text: string) => {
  const segments = revealUntrusted(text);
  const first = segments.findIndex(({ kind }) => kind !== 'text');
  const before = segments.slice(0, Math.max(0, first));
  return {
    count: segments.filter(({ kind }) => kind !== 'text').length,
    at: before.reduce((sum, segment) => sum + segment.text.length, 0),
  };
};

/** What stands out in any call. */
const CHECKS: readonly ((row: ArgumentRow) => readonly Found[])[] = [
  ({ origin }) =>
    origin?.origin === 'third_party'
      ? [{ why: t('It stands only in text the agent read, not in the request.') }]
      : [],
  ({ label }) =>
    hidden(label).count > 0 ? [{ why: t('Its name has hidden or look-alike letters.') }] : [],
  ({ value }) => {
    const { count, at } = hidden(value.text);
    return count === 0
      ? []
      : [
          {
            why: counted(
              count,
              '{count} hidden or look-alike passage in it.',
              '{count} hidden or look-alike passages in it.',
            ),
            at,
          },
        ];
  },
];

/**
 * Every value of a call that stands out, in the order of the values, with its place. What holds for many places of a value is one
 * danger with their number, so that it does not bury another.
 *
 * @param reading with the check of its kind, where that has one
 */
export function dangersOf(
  rows: readonly ArgumentRow[],
  reading: { readonly of: Reading; readonly check: Check | undefined } | null,
): Danger[] {
  return rows.flatMap((row, index) => {
    const byReason = new Map<string, Found[]>();
    const inAny = CHECKS.flatMap((check) => check(row));
    const inItsKind = reading?.check?.(row, reading.of) ?? [];
    for (const found of [...inAny, ...inItsKind])
      if (byReason.has(found.why)) byReason.get(found.why)?.push(found);
      else byReason.set(found.why, [found]);
    return [...byReason].map(([why, places]) => ({
      row,
      position: index + 1,
      lines: linesOf(row.value.text, places.slice(0, MOST_LINES)),
      places: places.length,
      why,
    }));
  });
}

function linesOf(text: string, places: readonly Found[]): number[] {
  if (!text.includes('\n')) return [];
  return [...new Set(places.flatMap(({ at }) => (at === undefined ? [] : [lineOf(text, at)])))];
}

/** How much there is to read, and how much of it nobody compared with what the agent read: "7 values in 212 lines". */
export function sizeWords(rows: readonly ArgumentRow[]): {
  size: string;
  unchecked: string | null;
} {
  const lines = rows.reduce((sum, { value }) => sum + lineOf(value.text, Infinity), 0);
  const values = counted(rows.length, '{count} value', '{count} values');
  const unchecked = rows.filter(({ origin }) => origin === null).length;
  return {
    size:
      lines === rows.length
        ? values
        : counted(lines, '{values} in {count} line', '{values} in {count} lines', { values }),
    unchecked:
      unchecked === 0
        ? null
        : counted(
            unchecked,
            'The origin of {count} value was not checked.',
            'The origin of {count} values was not checked.',
          ),
  };
}
