/** Writing to the ledger: always inside the transaction of the change it records, always last. */
import type { EventType } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { nextEntry, type LedgerEntry } from '@/lib/ledger';
import { bulkInsert } from './insert-rows';

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

const insertEntries = bulkInsert<LedgerEntry>('ledger_entries', [
  ['workspace_id', 'uuid', (row) => row.workspaceId],
  ['seq', 'bigint', (row) => row.seq],
  ['prev_hash', 'text', (row) => row.prevHash],
  ['hash', 'text', (row) => row.hash],
  ['bytes', 'bytea', (row) => row.bytes],
  ['kind', 'text', (row) => row.kind],
  ['actor', 'text', (row) => row.actor],
  ['subject', 'text', (row) => row.subject],
  ['at', 'timestamptz', (row) => row.at],
]);

type OutboxRow = Announcement & { workspaceId: string; seq: number; at: string };

const insertOutbox = bulkInsert<OutboxRow>('outbox', [
  ['workspace_id', 'uuid', (row) => row.workspaceId],
  ['seq', 'bigint', (row) => row.seq],
  ['type', 'text', (row) => row.type],
  ['agent_id', 'uuid', (row) => row.agentId ?? null],
  ['subject_id', 'text', (row) => row.subjectId ?? null],
  ['at', 'timestamptz', (row) => row.at],
]);

/**
 * Extends the workspace's hash chain and announces what changed. Takes the row lock of the ledger head, which orders all
 * writers of a workspace: call it as the last statements of the transaction, so that the lock is held briefly. Announcements
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
  const head = await lockLedgerHead(sql, workspaceId);
  await extendLedger(sql, head, notes, announcements, now);
}

/** The end of a workspace's chain, locked until the transaction ends. */
export interface LockedHead {
  readonly workspaceId: string;
  readonly seq: number;
  readonly hash: string;
  readonly outboxSeq: number;
}

/**
 * The first half of `appendLedger`, for a caller that sends it together with the statements before it.
 *
 * @throws when the workspace has no ledger: no ledger, no change
 */
export async function lockLedgerHead(sql: Sql, workspaceId: string): Promise<LockedHead> {
  const [head] = await sql<LockedHead>(
    `SELECT workspace_id AS "workspaceId", seq, hash, outbox_seq AS "outboxSeq"
     FROM ledger_heads WHERE workspace_id = $1 FOR UPDATE`,
    [workspaceId],
  );
  if (head === undefined) throw new Error(`workspace ${workspaceId} has no ledger`);
  return head;
}

/** The second half: the entries behind the head, the announcements, and the head moved on. */
export async function extendLedger(
  sql: Sql,
  head: LockedHead,
  notes: readonly LedgerNote[],
  announcements: readonly Announcement[],
  now: number,
): Promise<void> {
  const { workspaceId } = head;
  const entries = chain(workspaceId, head, notes, now);
  const at = new Date(now).toISOString();
  const distinct = coalesce(announcements);
  const last = entries.at(-1) ?? head;
  await Promise.all([
    insertEntries(sql, entries),
    insertOutbox(
      sql,
      distinct.map((item, index) => ({
        ...item,
        workspaceId,
        seq: head.outboxSeq + 1 + index,
        at,
      })),
    ),
    sql(
      'UPDATE ledger_heads SET seq = $2, hash = $3, outbox_seq = outbox_seq + $4 WHERE workspace_id = $1',
      [workspaceId, last.seq, last.hash, distinct.length],
    ),
  ]);
}

function chain(
  workspaceId: string,
  head: { seq: number; hash: string },
  notes: readonly LedgerNote[],
  now: number,
) {
  const entries: LedgerEntry[] = [];
  for (const note of notes)
    entries.push(nextEntry(entries.at(-1) ?? head, { workspaceId, at: now, ...note }));
  return entries;
}

/** The same announcement twice in one transaction says nothing more than once. */
function coalesce(announcements: readonly Announcement[]): Announcement[] {
  const seen = new Map<string, Announcement>();
  for (const item of announcements)
    seen.set(`${item.type} ${item.agentId ?? ''} ${item.subjectId ?? ''}`, item);
  return [...seen.values()];
}
