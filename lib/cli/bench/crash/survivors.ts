import pg from 'pg';
import type { Deed } from '@/lib/cli/replay/play-session';

/** What a deed leaves: a row, by id, and an entry of the ledger, by kind and subject. */
interface Trace {
  readonly row: string;
  readonly entry: string;
  readonly subject: 'decision' | 'approval';
}

const TRACES: Readonly<Record<Deed, Trace>> = {
  decided: { row: 'decisions WHERE true', entry: 'decision.made', subject: 'decision' },
  approved: {
    row: `approvals WHERE state = 'approved'`,
    entry: 'approval.approved',
    subject: 'approval',
  },
  rejected: {
    row: `approvals WHERE state = 'rejected'`,
    entry: 'approval.rejected',
    subject: 'approval',
  },
  redeemed: {
    row: `decisions WHERE state = 'redeemed'`,
    entry: 'permit.redeemed',
    subject: 'decision',
  },
  reported: {
    row: 'decisions WHERE execution_status IS NOT NULL',
    entry: 'outcome.reported',
    subject: 'decision',
  },
};

/** What was acknowledged and is not in the database, or not in the ledger: `decided 0199...`. */
export async function lostOf(
  databaseUrl: string,
  acknowledged: Readonly<Record<Deed, readonly string[]>>,
): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const found = async (query: string, values: readonly unknown[]): Promise<Set<string>> => {
    const { rows } = await client.query<{ id: string }>(query, [...values]);
    return new Set(rows.map(({ id }) => id));
  };
  try {
    const lost: string[] = [];
    for (const [deed, { row, entry, subject }] of Object.entries(TRACES)) {
      const ids = acknowledged[deed as Deed];
      const stored = await found(`SELECT id::text FROM ${row} AND id = ANY($1::uuid[])`, [ids]);
      const entered = await found(
        `SELECT split_part(subject, ':', 2) AS id FROM ledger_entries
         WHERE kind = $2 AND subject = ANY(SELECT $3 || ':' || unnest($1::text[]))`,
        [ids, entry, subject],
      );
      for (const id of ids) if (!stored.has(id) || !entered.has(id)) lost.push(`${deed} ${id}`);
    }
    return lost;
  } finally {
    await client.end();
  }
}
