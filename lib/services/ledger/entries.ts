import { notFound, type LedgerEntry } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { LedgerHead } from '@/lib/ledger';
import { iso } from '@/lib/services/instants';

export interface LedgerRow {
  readonly seq: number;
  readonly prevHash: string;
  readonly hash: string;
  readonly bytes: Buffer;
  readonly kind: string;
  readonly actor: string;
  readonly subject: string;
  readonly at: Date;
}

export const LEDGER_COLUMNS = `seq, prev_hash AS "prevHash", hash, bytes, kind, actor, subject, at`;

const BATCH = 1_000;

export function serializeEntry(row: LedgerRow): LedgerEntry {
  const { seq, hash, prevHash, kind, actor, subject } = row;
  const canonical = row.bytes.toString('utf8');
  return { seq, hash, prevHash, kind, actor, subject, at: iso(row.at), canonical };
}

export async function readHead(workspaceId: string): Promise<LedgerHead> {
  const [head] = await sql<LedgerHead>(
    'SELECT seq, hash FROM ledger_heads WHERE workspace_id = $1',
    [workspaceId],
  );
  if (head === undefined) throw notFound('ledger');
  return head;
}

/** All entries up to `until` in order, in batches, so that a ledger of any length fits in memory. */
export async function* readBatches(
  workspaceId: string,
  until: number,
): AsyncGenerator<readonly LedgerRow[]> {
  for (let after = 0; ;) {
    const rows = await sql<LedgerRow>(
      `SELECT ${LEDGER_COLUMNS} FROM ledger_entries WHERE workspace_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT ${BATCH}`,
      [workspaceId, after, until],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last.seq;
  }
}
