import pg from 'pg';
import type { Acknowledged } from './traffic';

/** The ids, among those acknowledged, that are not in the database or not in the ledger. */
export async function lostOf(databaseUrl: string, said: Acknowledged): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const missing = async (ids: readonly string[], query: string): Promise<string[]> => {
    const { rows } = await client.query<{ id: string }>(query, [ids]);
    const found = new Set(rows.map((row) => row.id));
    return ids.filter((id) => !found.has(id));
  };
  try {
    return [
      ...(await missing(
        said.decisions,
        `SELECT id::text FROM decisions WHERE id = ANY($1::uuid[])`,
      )),
      ...(await missing(
        said.decisions,
        `SELECT substr(subject, 10) AS id FROM ledger_entries
         WHERE subject = ANY(SELECT 'decision:' || unnest($1::text[]))`,
      )),
      ...(await missing(
        said.verdicts,
        `SELECT id::text FROM approvals WHERE id = ANY($1::uuid[]) AND state = 'approved'`,
      )),
      ...(await missing(
        said.redemptions,
        `SELECT id::text FROM decisions WHERE id = ANY($1::uuid[]) AND state = 'redeemed'`,
      )),
    ];
  } finally {
    await client.end();
  }
}
