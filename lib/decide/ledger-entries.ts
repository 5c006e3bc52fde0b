/** Writing to the ledger: always inside the transaction of the change it records, always last. */
import type { EventType } from '@/lib/contracts';
import type { Sql, Statement } from '@/lib/db';
import { ENTRY_JOINT, entryParts, type EntryParts } from '@/lib/ledger';
import { arraysOf, type Column } from './insert-rows';

/** One thing that happened. `body` must already be redacted. */
export interface LedgerNote {
  readonly kind: string;
  readonly actor: string;
  readonly subject: string;
  readonly body: unknown;
}

/** An announcement for open browsers and waiting agents. */
export interface Announcement {
  readonly type: EventType;
  readonly agentId?: string | undefined;
  readonly subjectId?: string | undefined;
}

/**
 * Extends the workspace's hash chain and announces what changed. Takes the row lock of the ledger head, which orders all
 * writers of a workspace: call it as the last statement of the transaction, so that the lock is held briefly. Announcements
 * are numbered under the same lock, so that a reader's cursor never passes a number that commits later.
 *
 * @param now milliseconds since the epoch
 * @throws when the workspace has no ledger: no ledger, no change
 */
export async function appendLedger(
  sql: Sql,
  workspaceId: string,
  notes: readonly LedgerNote[],
  announcements: readonly Announcement[],
  now: number,
): Promise<void> {
  const { text, values } = ledgerStatement(workspaceId, notes, announcements, now);
  await sql(text, values);
}

const JOINT = Buffer.from(ENTRY_JOINT);

/** In the order in which `belay_extend_ledger` takes them. */
const ENTRY_COLUMNS: readonly Column<LedgerNote & EntryParts>[] = [
  ['bytes_before', 'bytea', (row) => row.before],
  ['bytes_behind', 'bytea', (row) => row.behind],
  ['kind', 'text', (row) => row.kind],
  ['actor', 'text', (row) => row.actor],
  ['subject', 'text', (row) => row.subject],
];
const OUTBOX_COLUMNS: readonly Column<Announcement>[] = [
  ['type', 'text', (row) => row.type],
  ['agent_id', 'uuid', (row) => row.agentId ?? null],
  ['subject_id', 'text', (row) => row.subjectId ?? null],
];

/**
 * The same as a statement. An entry's hash covers its place in the chain, which is known under the head's lock alone: the database puts
 * both together (`belay_extend_ledger`), so that nobody waits with the lock for bytes to travel.
 *
 * @throws NotCanonical when the body of a note has no canonical form
 */
export function ledgerStatement(
  workspaceId: string,
  notes: readonly LedgerNote[],
  announcements: readonly Announcement[],
  now: number,
): Statement {
  const entries = notes.map((note) => ({
    ...note,
    ...entryParts({ workspaceId, at: now, ...note }),
  }));
  return {
    text: 'SELECT belay_extend_ledger($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
    values: [
      workspaceId,
      new Date(now),
      JOINT,
      ...arraysOf(ENTRY_COLUMNS, entries),
      ...arraysOf(OUTBOX_COLUMNS, coalesce(announcements)),
    ],
  };
}

/** The same announcement twice in one transaction says nothing more than once. */
function coalesce(announcements: readonly Announcement[]): Announcement[] {
  const seen = new Map<string, Announcement>();
  for (const item of announcements)
    seen.set(`${item.type} ${item.agentId ?? ''} ${item.subjectId ?? ''}`, item);
  return [...seen.values()];
}
