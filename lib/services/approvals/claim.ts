import { actorId, requirePermission } from '@/lib/auth';
import type { ApprovalDetail } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { getApproval } from './get';
import { lockApproval } from './lock';
import { refusalOf } from './may-decide';
import { readQueueSettings } from './queue/settings-row';

/**
 * Tells the other reviewers that somebody is looking: for as many minutes as the workspace has set only the holder can decide.
 * Claiming again renews it.
 *
 * @throws DomainError `forbidden`, `not_found`, `already_decided`, `expired`, `cancelled`, `own_agent`, `claimed`
 */
export async function claimApproval(context: ServiceContext, id: string): Promise<ApprovalDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'approvals.decide');
  const approvalId = requireId(id, 'approval');
  await withTransaction(async (sql) => {
    const approval = await lockApproval(sql, actor.workspaceId, approvalId);
    const refusal = refusalOf(actor, approval, now);
    if (refusal !== undefined) throw refusal;
    const { claimMinutes } = await readQueueSettings(sql, actor.workspaceId);
    const until = new Date(now.getTime() + claimMinutes * 60_000);
    await sql(
      'UPDATE approvals SET claimed_by = $3, claimed_by_name = $4, claimed_until = $5 WHERE workspace_id = $1 AND id = $2',
      [actor.workspaceId, approvalId, actorId(actor), actor.name, until],
    );
    await record(
      sql,
      context,
      [
        noteOf(context, 'approval.claimed', `approval:${approvalId}`, {
          until: until.toISOString(),
        }),
      ],
      [{ type: 'approval.changed', agentId: approval.agentId, subjectId: approvalId }],
    );
  });
  return getApproval(context, approvalId);
}
