import type { Sql, SqlValue } from '@/lib/db';

/** A column of a bulk insert: its name, its SQL type, and how to read it from a row. */
export type Column<Row> = readonly [name: string, type: string, read: (row: Row) => SqlCell];
export type SqlCell = string | number | boolean | Date | null;

/**
 * One statement for any number of rows: `INSERT ... SELECT * FROM unnest(...)`. JSON goes in as text.
 * `suffix` is for `ON CONFLICT`. Does nothing for no rows.
 */
export function bulkInsert<Row>(table: string, columns: readonly Column<Row>[], suffix = '') {
  const names = columns.map(([name]) => name).join(', ');
  const arrays = columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ');
  const text = `INSERT INTO ${table} (${names}) SELECT * FROM unnest(${arrays}) ${suffix}`;
  return async (sql: Sql, rows: readonly Row[]): Promise<void> => {
    if (rows.length === 0) return;
    await sql(text, columns.map(([, , read]) => rows.map(read)) as unknown as SqlValue[]);
  };
}
