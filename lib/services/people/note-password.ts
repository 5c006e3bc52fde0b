import type { Sql } from '@/lib/db';
import { appendLedger } from '@/lib/decide';

/** A new password concerns every workspace the person is in: each ledger says when it came, and none what it is. */
export async function notePassword(
  sql: Sql,
  personId: string,
  now: Date,
  { kind, by }: { kind: string; by: string },
): Promise<void> {
  const workspaces = await sql<{ id: string }>(
    'SELECT workspace_id AS id FROM memberships WHERE person_id = $1 ORDER BY workspace_id',
    [personId],
  );
  const note = { kind, actor: by, subject: `person:${personId}`, body: {} };
  for (const { id } of workspaces) await appendLedger(sql, id, [note], [], now.getTime());
}
