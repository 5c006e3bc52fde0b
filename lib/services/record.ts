/** How services write to the ledger: as themselves, redacted, in the transaction of the change. */
import { actorRef } from '@/lib/auth';
import type { Sql } from '@/lib/db';
import { appendLedger, type Announcement, type LedgerNote } from '@/lib/decide';
import { redact } from '@/lib/ledger';
import type { ServiceContext } from './context';

/** A note of what the caller did. What people wrote in it is redacted before it is hashed. */
export function noteOf(
  { actor }: Pick<ServiceContext, 'actor'>,
  kind: string,
  subject: string,
  body: Readonly<Record<string, unknown>>,
): LedgerNote {
  return { kind, actor: actorRef(actor), subject, body: redact(body) };
}

/** The last statements of a service's transaction. */
export function record(
  sql: Sql,
  { actor, now }: ServiceContext,
  notes: readonly LedgerNote[],
  announcements: readonly Announcement[],
): Promise<void> {
  return appendLedger(sql, actor.workspaceId, notes, announcements, now.getTime());
}
