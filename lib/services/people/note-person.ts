import type { Sql } from '@/lib/db';
import { appendLedger } from '@/lib/decide';

interface PersonNote {
  readonly kind: string;
  /** `person:<id>`, `cli`, or `system` when nobody knows who it was. */
  readonly by: string;
  readonly body?: Readonly<Record<string, string>>;
}

/** What concerns a person concerns every workspace they are in: each ledger says when it came, and none a secret. */
export async function notePerson(
  sql: Sql,
  personId: string,
  now: Date,
  { kind, by, body = {} }: PersonNote,
): Promise<void> {
  const workspaces = await sql<{ id: string }>(
    'SELECT workspace_id AS id FROM memberships WHERE person_id = $1 ORDER BY workspace_id',
    [personId],
  );
  const note = { kind, actor: by, subject: `person:${personId}`, body };
  for (const { id } of workspaces) await appendLedger(sql, id, [note], [], now.getTime());
}
