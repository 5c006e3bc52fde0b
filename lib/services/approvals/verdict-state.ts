import { sql } from '@/lib/db';
import type { ApprovalRow } from './approval-rows';

/** How an approval stands right after a verdict; an approval that is gone counts as pending. The caller has checked who asks. */
export async function readVerdictState(
  workspaceId: string,
  approvalId: string,
): Promise<Pick<ApprovalRow, 'state' | 'undoUntil'>> {
  const [row] = await sql<Pick<ApprovalRow, 'state' | 'undoUntil'>>(
    `SELECT ap.state, due.due_at AS "undoUntil" FROM approvals ap
     LEFT JOIN due_verdicts due ON due.workspace_id = ap.workspace_id AND due.approval_id = ap.id
     WHERE ap.workspace_id = $1 AND ap.id = $2`,
    [workspaceId, approvalId],
  );
  return row ?? { state: 'pending', undoUntil: null };
}
