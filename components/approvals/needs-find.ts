import type { ArgumentRow } from './argument-rows';

/** A value of more characters, or a call of more values, is not read without looking something up. */
const LONG_VALUE = 2_000;
const MANY_VALUES = 50;

/** Whether the arguments are long enough to be searched rather than read. */
export function needsFind(rows: readonly ArgumentRow[]): boolean {
  return rows.length > MANY_VALUES || rows.some(({ value }) => value.text.length > LONG_VALUE);
}
