import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, type Vigilance, type VigilanceInput } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import { canonicalText, sha256Hex } from '@/lib/ledger';
import type { ServiceContext } from '@/lib/services/context';
import { noteOf, record } from '@/lib/services/record';
import { readVigilance } from './settings';

/**
 * Changes how this workspace watches its own reviewing.
 *
 * @throws DomainError `forbidden`, `stale_version`
 */
export async function setVigilance(
  context: ServiceContext,
  input: VigilanceInput,
): Promise<Vigilance> {
  const { actor } = context;
  requirePermission(actor, 'reviewing.manage');
  return withTransaction(async (sql) => {
    await store(sql, context, input);
    const { settings, reason, basedOn } = input;
    const { canaryTemplates, ...readable } = settings;
    // Reviewers read the ledger: what they are tested with stands there as a digest.
    const templates = canaryTemplates === null ? null : sha256Hex(canonicalText(canaryTemplates));
    const body = { version: basedOn + 1, ...readable, templates, reason };
    await record(
      sql,
      context,
      [noteOf(context, 'vigilance.changed', 'workspace', body)],
      [{ type: 'review.changed' }],
    );
    return readVigilance(sql, actor.workspaceId);
  });
}

/** One statement, so that of two editors one wins. */
async function store(
  sql: Sql,
  { actor, now }: ServiceContext,
  { settings, reason, basedOn }: VigilanceInput,
): Promise<void> {
  const stored = await sql(
    `INSERT INTO vigilance_settings AS s (workspace_id, version, body, reason, changed_by, changed_by_name, changed_at)
     SELECT $1, $2::int + 1, $3::jsonb, $4, $5, $6, $7
     WHERE $2::int = 0 OR EXISTS (SELECT 1 FROM vigilance_settings WHERE workspace_id = $1)
     ON CONFLICT (workspace_id) DO UPDATE SET version = excluded.version, body = excluded.body, reason = excluded.reason,
       changed_by = excluded.changed_by, changed_by_name = excluded.changed_by_name, changed_at = excluded.changed_at
     WHERE s.version = $2 RETURNING version`,
    [
      actor.workspaceId,
      basedOn,
      JSON.stringify(settings),
      reason,
      actorRef(actor),
      actor.name,
      now,
    ],
  );
  if (stored.length > 0) return;
  const { version } = await readVigilance(sql, actor.workspaceId);
  throw new DomainError(
    'conflict',
    'stale_version',
    `Somebody changed this meanwhile: it is version ${version} now. Load it again and look at what changed.`,
    { facts: { version } },
  );
}
