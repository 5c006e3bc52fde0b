/** The conversation about an approval, a page at a time: it may be long, and what is read first is its end. */
import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import {
  notFound,
  type ApprovalDetail,
  type Comment,
  type CommentPage,
  type commentListQuerySchema,
} from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { iso } from '@/lib/services/instants';
import { decodeCursor, pageFrom } from '@/lib/services/paging';
import type { ApprovalRow } from './approval-rows';

/** Comments that come with the approval itself. */
const WITH_APPROVAL = 20;

type Row = Omit<Comment, 'createdAt'> & { readonly createdAt: Date };

/**
 * Comments of an approval, newest first.
 *
 * @throws DomainError `not_found`, `malformed_cursor`
 */
export async function listComments(
  { actor }: ServiceContext,
  id: string,
  { limit, cursor }: z.infer<typeof commentListQuerySchema>,
): Promise<CommentPage> {
  requirePermission(actor, 'workspace.read');
  const approvalId = requireId(id, 'approval');
  const found = await sql('SELECT 1 FROM approvals WHERE workspace_id = $1 AND id = $2', [
    actor.workspaceId,
    approvalId,
  ]);
  if (found.length === 0) throw notFound('approval');
  return selectPage(actor.workspaceId, approvalId, limit, cursor);
}

/** The newest comments, oldest of them first, and the cursor for those before. The caller has checked who asks. */
export async function newestComments(
  workspaceId: string,
  approvalId: string,
): Promise<Pick<ApprovalDetail, 'comments' | 'earlierComments'>> {
  const { items, nextCursor } = await selectPage(workspaceId, approvalId, WITH_APPROVAL);
  return { comments: items.reverse(), earlierComments: nextCursor };
}

/** What was asked and nobody has answered: it may stand before the newest comments. */
export async function openQuestion(
  workspaceId: string,
  { id, askedAt, answeredAt }: Pick<ApprovalRow, 'id' | 'askedAt' | 'answeredAt'>,
): Promise<string | null> {
  if (askedAt === null || answeredAt !== null) return null;
  const [row] = await sql<{ body: string }>(
    `SELECT body FROM approval_comments WHERE workspace_id = $1 AND approval_id = $2 AND kind = 'question'
     ORDER BY created_at DESC, id DESC LIMIT 1`,
    [workspaceId, id],
  );
  return row?.body ?? null;
}

async function selectPage(
  workspaceId: string,
  approvalId: string,
  limit: number,
  cursor?: string,
): Promise<CommentPage> {
  const [at = null, id = null] = decodeCursor(cursor, ['instant', 'id']);
  const rows = await sql<Row>(
    `SELECT id, author, author_name AS "authorName", body, created_at AS "createdAt", for_agent AS "forAgent", kind FROM approval_comments
     WHERE workspace_id = $1 AND approval_id = $2 AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid))
     ORDER BY created_at DESC, id DESC LIMIT $5`,
    [workspaceId, approvalId, at, id, limit + 1],
  );
  return pageFrom(
    rows,
    limit,
    (row) => [iso(row.createdAt), row.id],
    (row) => ({ ...row, createdAt: iso(row.createdAt) }),
  );
}
