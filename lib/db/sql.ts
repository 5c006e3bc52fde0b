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

/** A statement that is yet to be sent: what can be wrong with its values has been found. */
export interface Statement {
  readonly text: string;
  readonly values: readonly SqlValue[];
  /** Told of the rows that came back, before the transaction is known to be durable. */
  readonly onRows?: (rows: readonly unknown[]) => void;
}

/** Sends statements together, in order: one round trip. */
export async function send(sql: Sql, statements: readonly Statement[]): Promise<void> {
  await Promise.all(
    statements.map(async ({ text, values, onRows }) => {
      const rows = await sql(text, values);
      onRows?.(rows);
    }),
  );
}
