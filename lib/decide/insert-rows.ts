import { binaryArray, type Cell, type ElementType, type Statement } from '@/lib/db';

/** A column of a bulk insert: its name, its SQL type, and how to read it from a row. */
export type Column<Row> = readonly [name: string, type: ElementType, read: (row: Row) => Cell];

/** The parameters of a statement over many rows: one array a column. */
export const arraysOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Buffer[] =>
  columns.map(([, type, read]) => binaryArray(type, rows.map(read)));

const unnested = <Row>(columns: readonly Column<Row>[]) =>
  `unnest(${columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ')})`;

/**
 * One statement for any number of rows: `INSERT ... SELECT * FROM unnest(...)`; none for no rows. JSON goes in as text.
 * `suffix` is for `ON CONFLICT`.
 */
export function bulkInsert<Row>(table: string, columns: readonly Column<Row>[], suffix = '') {
  const names = columns.map(([name]) => name).join(', ');
  const text = `INSERT INTO ${table} (${names}) SELECT * FROM ${unnested(columns)} ${suffix}`;
  return (rows: readonly Row[]): Statement[] =>
    rows.length === 0 ? [] : [{ text, values: arraysOf(columns, rows) }];
}

/**
 * One statement that gives any number of rows, found by their `keys`, new values in all other columns; none for no rows.
 * `returning` names what of the changed rows (`t`) is wanted back.
 */
export function bulkUpdate<Row>(
  table: string,
  columns: readonly Column<Row>[],
  keys: readonly string[],
  returning: string,
) {
  const names = columns.map(([name]) => name);
  const values = names.filter((name) => !keys.includes(name));
  const text = `UPDATE ${table} AS t SET ${values.map((name) => `${name} = r.${name}`).join(', ')}
    FROM ${unnested(columns)} AS r (${names.join(', ')})
    WHERE ${keys.map((name) => `t.${name} = r.${name}`).join(' AND ')} RETURNING ${returning}`;
  return (rows: readonly Row[]): Statement[] =>
    rows.length === 0 ? [] : [{ text, values: arraysOf(columns, rows) }];
}
