import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, notFound } from '@/lib/contracts';
import { newId, withTransaction, type Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';

/** Most comments one person or key writes about one approval. */
const MOST_COMMENTS = 100;

/**
 * Adds to the conversation about an approval, whatever its state.
 *
 * @returns the id of the approval
 * @throws DomainError `forbidden`, `not_found`, `too_many_comments`
 */
export async function addComment(
  context: ServiceContext,
  id: string,
  body: string,
): Promise<string> {
  const { actor, now } = context;
  requirePermission(actor, 'approvals.comment');
  const approvalId = requireId(id, 'approval');
  await withTransaction(async (sql) => {
    const [approval] = await sql<{ agent_id: string }>(
      'SELECT agent_id FROM approvals WHERE workspace_id = $1 AND id = $2',
      [actor.workspaceId, approvalId],
    );
    if (approval === undefined) throw notFound('approval');
    await requireRoom(sql, context, approvalId);
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
  return approvalId;
}

/** @throws DomainError `too_many_comments` */
async function requireRoom(sql: Sql, { actor }: ServiceContext, approvalId: string): Promise<void> {
  const [row] = await sql<{ count: number }>(
    `SELECT count(*)::int AS count FROM approval_comments WHERE workspace_id = $1 AND approval_id = $2 AND author = $3`,
    [actor.workspaceId, approvalId, actorRef(actor)],
  );
  if ((row?.count ?? 0) < MOST_COMMENTS) return;
  throw new DomainError(
    'conflict',
    'too_many_comments',
    `You have written ${MOST_COMMENTS} comments about this call, which is the most there can be.`,
  );
}
