import type { Sql } from '@/lib/db';
import type { ApprovalRow } from './approval-rows';

export type VerdictState = Pick<ApprovalRow, 'state' | 'decidedBy' | 'undoUntil'>;

/** How an approval stands right after a verdict; an approval that is gone counts as pending. The caller has checked who asks. */
export async function readVerdictState(
  sql: Sql,
  workspaceId: string,
  approvalId: string,
): Promise<VerdictState> {
  const [row] = await sql<VerdictState>(
    `SELECT ap.state, ap.decided_by AS "decidedBy", due.due_at AS "undoUntil" FROM approvals ap
     LEFT JOIN due_verdicts due ON due.workspace_id = ap.workspace_id AND due.approval_id = ap.id
     WHERE ap.workspace_id = $1 AND ap.id = $2`,
    [workspaceId, approvalId],
  );
  return row ?? { state: 'pending', decidedBy: null, undoUntil: null };
}
