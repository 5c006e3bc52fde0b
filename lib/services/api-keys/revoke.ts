import { requirePermission } from '@/lib/auth';
import { notFound } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';

/** The key stops working at its next use. Revoking it again changes nothing. @throws DomainError `forbidden`, `not_found` */
export async function revokeApiKey(context: ServiceContext, id: string): Promise<void> {
  const { actor, now } = context;
  requirePermission(actor, 'keys.manage');
  const keyId = requireId(id, 'API key');
  await withTransaction(async (sql) => {
    const [row] = await sql<{ name: string; fresh: boolean }>(
      `UPDATE api_keys SET revoked_at = coalesce(revoked_at, $3) WHERE workspace_id = $1 AND id = $2
       RETURNING name, revoked_at = $3 AS fresh`,
      [actor.workspaceId, keyId, now],
    );
    if (row === undefined) throw notFound('API key');
    if (!row.fresh) return;
    await record(
      sql,
      context,
      [noteOf(context, 'key.revoked', `key:${keyId}`, { name: row.name })],
      [{ type: 'workspace.changed', subjectId: keyId }],
    );
  });
}
