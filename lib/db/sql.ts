/** A value that can be bound to a statement. Objects go in as JSON text with a `::jsonb` cast. */
export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | Buffer
  | Uint8Array
  | null
  | readonly (string | number | bigint | boolean | Date | Buffer | null)[];

/**
 * The port to the database: one statement with `$1`-style values in, rows out. It hides whether
 * a plain connection or a Prisma transaction is underneath.
 *
 * 64-bit integers come as numbers, timestamps as Date, numerics as strings, bytea as Buffer.
 */
export type Sql = <Row = Record<string, unknown>>(
  text: string,
  values?: readonly SqlValue[],
) => Promise<Row[]>;
