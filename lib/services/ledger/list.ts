import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import type { ledgerPageSchema, ledgerQuerySchema } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { namesOf, refsNamed } from './names';
import { LEDGER_COLUMNS, readHead, serializeEntry, type LedgerRow } from './entries';

/**
 * Entries of the ledger. With `after` they come oldest first from there on; otherwise newest first, from `before` down. The
 * cursor is the sequence number to pass as the same parameter. A subject is taken as the ledger writes it, or as a name.
 */
export async function listLedger(
  { actor }: ServiceContext,
  query: z.infer<typeof ledgerQuerySchema>,
): Promise<z.infer<typeof ledgerPageSchema>> {
  requirePermission(actor, 'workspace.read');
  const [bound, sign, order] =
    query.after === undefined ? [query.before, '<', 'DESC'] : [query.after, '>', 'ASC'];
  const subjects = query.subject === undefined ? null : await subjectsOf(query.subject, actor);
  const [rows, head] = await Promise.all([
    sql<LedgerRow>(
      `SELECT ${LEDGER_COLUMNS} FROM ledger_entries WHERE workspace_id = $1 AND ($2::bigint IS NULL OR seq ${sign} $2)
         AND ($3::text IS NULL OR kind = $3) AND ($4::text[] IS NULL OR subject = ANY($4)) ORDER BY seq ${order} LIMIT $5`,
      [actor.workspaceId, bound ?? null, query.kind ?? null, subjects, query.limit + 1],
    ),
    readHead(actor.workspaceId),
  ]);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const more = rows.length > query.limit && last !== undefined;
  const refs = shown.flatMap((row) => [row.actor, row.subject]);
  return {
    items: shown.map(serializeEntry),
    names: await namesOf(actor.workspaceId, refs),
    nextCursor: more ? String(last.seq) : null,
    head,
  };
}

async function subjectsOf(text: string, { workspaceId }: { workspaceId: string }) {
  return [text, ...(await refsNamed(workspaceId, text))];
}
