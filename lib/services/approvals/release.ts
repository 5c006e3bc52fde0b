import { requirePermission } from '@/lib/auth';
import type { ApprovalDetail } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { claimOf, despiteClaim } from './approval-rows';
import { getApproval } from './get';
import { lockApproval } from './lock';
import { refusalDespiteClaim } from './may-decide';

/**
 * Gives a claimed approval back to everybody, whoever claimed it. Without a claim it does nothing.
 *
 * @throws DomainError `forbidden`, `not_found`, `already_decided`, `expired`, `cancelled`, `own_agent`
 */
export async function releaseApproval(
  context: ServiceContext,
  id: string,
): Promise<ApprovalDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'approvals.decide');
  const approvalId = requireId(id, 'approval');
  await withTransaction(async (sql) => {
    const approval = await lockApproval(sql, actor.workspaceId, approvalId);
    const refusal = refusalDespiteClaim(actor, approval, now);
    if (refusal !== undefined) throw refusal;
    if (claimOf(approval, now) === null) return;
    await sql(
      'UPDATE approvals SET claimed_by = NULL, claimed_by_name = NULL, claimed_until = NULL WHERE workspace_id = $1 AND id = $2',
      [actor.workspaceId, approvalId],
    );
    await record(
      sql,
      context,
      [
        noteOf(
          context,
          'approval.released',
          `approval:${approvalId}`,
          despiteClaim(context, approval),
        ),
      ],
      [{ type: 'approval.changed', agentId: approval.agentId, subjectId: approvalId }],
    );
  });
  return getApproval(context, approvalId);
}
