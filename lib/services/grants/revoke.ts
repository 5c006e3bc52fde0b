import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, notFound, type Grant } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import { endGrants } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { excludeDecisions } from '@/lib/services/epochs';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { readGrant } from './list';

/**
 * Takes a grant back: nothing runs under it from the acknowledgement on, and what it let through and was not redeemed does not run
 * either. Everybody who may decide may do so, also the owner of the agent: it only narrows.
 *
 * @throws DomainError `forbidden`, `not_found`, 409 `already_ended`
 */
export async function revokeGrant(context: ServiceContext, id: string): Promise<Grant> {
  const { actor, now } = context;
  requirePermission(actor, 'approvals.decide');
  const grantId = requireId(id, 'grant');
  await withTransaction(async (sql) => {
    await excludeDecisions(sql, actor.workspaceId);
    const [grant] = await sql<{ end_text: string | null; ended: boolean }>(
      `SELECT end_text, ended_at IS NOT NULL AS ended FROM approval_grants WHERE workspace_id = $1 AND id = $2 FOR UPDATE`,
      [actor.workspaceId, grantId],
    );
    if (grant === undefined) throw notFound('grant');
    if (grant.ended)
      throw new DomainError(
        'conflict',
        'already_ended',
        `This grant holds no more. ${grant.end_text ?? ''}`.trim(),
      );
    const permits = await sql(
      `UPDATE permits SET cancelled_at = $3
       WHERE workspace_id = $1 AND grant_id = $2 AND redeemed_at IS NULL AND cancelled_at IS NULL RETURNING id`,
      [actor.workspaceId, grantId, now],
    );
    const { announcements } = await endGrants(sql, {
      workspaceId: actor.workspaceId,
      which: { text: 'g.id = $6', value: grantId },
      why: { code: 'revoked', text: `${actor.name} took it back.` },
      endedBy: actorRef(actor),
      now: now.getTime(),
    });
    const body = { why: 'revoked', permits: permits.length };
    await record(
      sql,
      context,
      [noteOf(context, 'grant.ended', `grant:${grantId}`, body)],
      announcements,
    );
  });
  return readGrant(context, grantId);
}
