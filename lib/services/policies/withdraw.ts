import { actorRef, requirePermission } from '@/lib/auth';
import type { PolicyVersion } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import { seizeEpochs } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { noteOf, record } from '@/lib/services/record';
import { requireProposed, requireVersion } from './approve';
import { mayWithdraw, serializePolicy, versionInForce } from './policy-rows';

/**
 * Takes a proposed version back: whoever proposed it, also when they may no longer change policies, or somebody who may. It
 * stays in the list, and nobody can approve it any more.
 *
 * @throws DomainError `forbidden`, `not_found`; 409 `already_approved`, `already_withdrawn`, `stale_version` when another
 *   version has overtaken it
 */
export async function withdrawPolicy(
  context: ServiceContext,
  version: number,
  reason: string,
): Promise<PolicyVersion> {
  const { actor, now } = context;
  requirePermission(actor, 'workspace.read');
  return withTransaction(async (sql) => {
    // The lock of an approval, so that one of the two comes first.
    await seizeEpochs(sql, actor.workspaceId);
    const row = await requireVersion(sql, actor.workspaceId, version);
    if (!mayWithdraw(row, actor)) requirePermission(actor, 'policies.edit');
    await requireProposed(sql, context, row);
    await sql(
      `UPDATE policies SET withdrawn_by = $3, withdrawn_by_name = $4, withdrawn_at = $5, withdrawn_reason = $6
       WHERE workspace_id = $1 AND version = $2`,
      [actor.workspaceId, version, actorRef(actor), actor.name, now, reason],
    );
    const after = await requireVersion(sql, actor.workspaceId, version);
    const body = { version, proposedBy: row.createdBy, reason };
    await record(
      sql,
      context,
      [noteOf(context, 'policy.withdrawn', `policy:${version}`, body)],
      [{ type: 'policy.changed', subjectId: String(version) }],
    );
    return serializePolicy(after, await versionInForce(sql, actor.workspaceId), actor);
  });
}
