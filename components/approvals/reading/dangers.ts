import { countText } from '@/components/ui/number-text';
import { revealUntrusted } from '@/components/ui/untrusted';
import type { ArgumentRow } from '../argument-rows';
import { type Reading, rowsIn } from './kinds';
import { lineOf } from './sql-segments';
import { sqlWarnings } from './sql-warnings';
import { urlWarnings } from './url-parts';

/** A value that must not be overlooked. */
export interface Danger {
  readonly row: ArgumentRow;
  /** Its place among all values of the call, from 1. */
  readonly position: number;
  /** The line of the value, from 1; null for a value of one line. */
  readonly line: number | null;
  /** A sentence. */
  readonly why: string;
}

interface Found {
  readonly why: string;
  /** UTF-16 offset in the value's text. */
  readonly at?: number;
}

type Check = (row: ArgumentRow, reading: Reading | null) => readonly Found[];

const hidden = (text: string) => {
  const segments = revealUntrusted(text);
  const first = segments.findIndex(({ kind }) => kind !== 'text');
  const before = segments.slice(0, Math.max(0, first));
  return {
    count: segments.filter(({ kind }) => kind !== 'text').length,
    at: before.reduce((sum, segment) => sum + segment.text.length, 0),
  };
};

const isIn = (row: ArgumentRow, reading: Reading | null, kind: Reading['kind'], slot: string) =>
  reading?.kind === kind && rowsIn(reading, slot).includes(row);

const CHECKS: readonly Check[] = [
  ({ origin }) =>
    origin?.origin === 'third_party'
      ? [{ why: 'It stands only in text the agent read, not in the request.' }]
      : [],
  ({ label }) =>
    hidden(label).count > 0 ? [{ why: 'Its name has hidden or look-alike letters.' }] : [],
  ({ value }) => {
    const { count, at } = hidden(value.text);
    return count === 0
      ? []
      : [{ why: `${countText(count, 'hidden or look-alike passage')} in it.`, at }];
  },
  (row, reading) =>
    isIn(row, reading, 'sql', 'statement')
      ? sqlWarnings(row.value.text).map(({ text, start }) => ({ why: text, at: start }))
      : [],
  (row, reading) =>
    isIn(row, reading, 'http', 'url')
      ? urlWarnings(row.value.text).map((text) => ({ why: text }))
      : [],
];

/** Every value of a call that stands out, in the order of the values, with the place and the reason. */
export function dangersOf(rows: readonly ArgumentRow[], reading: Reading | null): Danger[] {
  return rows.flatMap((row, index) =>
    CHECKS.flatMap((check) => check(row, reading)).map(({ why, at }) => ({
      row,
      position: index + 1,
      line: at === undefined || !row.value.text.includes('\n') ? null : lineOf(row.value.text, at),
      why,
    })),
  );
}

/** How much there is to read: "7 values in 212 lines". */
export function sizeWords(rows: readonly ArgumentRow[]): string {
  const lines = rows.reduce((sum, { value }) => sum + lineOf(value.text, Infinity), 0);
  const values = countText(rows.length, 'value');
  return lines === rows.length ? values : `${values} in ${countText(lines, 'line')}`;
}
