import { actorRef, requirePermission } from '@/lib/auth';
import { notFound, type ApprovalDetail } from '@/lib/contracts';
import { newId, withTransaction } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { getApproval } from './get';

/** Adds to the conversation about an approval, whatever its state. @throws DomainError `forbidden`, `not_found` */
export async function commentOnApproval(
  context: ServiceContext,
  id: string,
  body: string,
): Promise<ApprovalDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'approvals.comment');
  const approvalId = requireId(id, 'approval');
  await withTransaction(async (sql) => {
    const [approval] = await sql<{ agent_id: string }>(
      'SELECT agent_id FROM approvals WHERE workspace_id = $1 AND id = $2',
      [actor.workspaceId, approvalId],
    );
    if (approval === undefined) throw notFound('approval');
    const commentId = newId();
    await sql(
      `INSERT INTO approval_comments (workspace_id, id, approval_id, author, author_name, body, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [actor.workspaceId, commentId, approvalId, actorRef(actor), actor.name, body, now],
    );
    await record(
      sql,
      context,
      [
        noteOf(context, 'approval.commented', `approval:${approvalId}`, {
          comment: commentId,
          body,
        }),
      ],
      [{ type: 'approval.changed', agentId: approval.agent_id, subjectId: approvalId }],
    );
  });
  return getApproval(context, approvalId);
}
