import type { BulkVerdict } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import type { ApprovalRow } from './approval-rows';

export interface VerdictState extends Pick<ApprovalRow, 'state' | 'decidedBy' | 'undoUntil'> {
  /** Who has approved while somebody else still has to. */
  readonly approvedBy: readonly string[];
  /** Who gave the verdict on a canary; null for one that is open, and for a call that is none. */
  readonly judgedBy: string | null;
}

const GONE: VerdictState = {
  state: 'pending',
  decidedBy: null,
  undoUntil: null,
  approvedBy: [],
  judgedBy: null,
};

/** How an approval stands right after a verdict; an approval that is gone counts as pending. The caller has checked who asks. */
export async function readVerdictState(
  sql: Sql,
  workspaceId: string,
  approvalId: string,
): Promise<VerdictState> {
  const [row] = await sql<VerdictState>(
    `SELECT ap.state, ap.decided_by AS "decidedBy", due.due_at AS "undoUntil", c.judged_by AS "judgedBy",
       ARRAY(SELECT v.actor FROM approval_verdicts v WHERE v.workspace_id = ap.workspace_id AND v.approval_id = ap.id) AS "approvedBy"
     FROM approvals ap
     LEFT JOIN due_verdicts due ON due.workspace_id = ap.workspace_id AND due.approval_id = ap.id
     LEFT JOIN canaries c ON c.workspace_id = ap.workspace_id AND c.approval_id = ap.id
     WHERE ap.workspace_id = $1 AND ap.id = $2`,
    [workspaceId, approvalId],
  );
  return row ?? GONE;
}

/**
 * What a verdict came to whose answer was lost: as an approval that closed, as the first of two, or on a canary; nothing when the
 * rows say nothing of it.
 *
 * @param by `person:<id>` or `key:<id>`
 */
export function recordedAs(
  { state, decidedBy, approvedBy, judgedBy }: VerdictState,
  given: 'approved' | 'rejected',
  by: string,
): Exclude<BulkVerdict['results'][number]['outcome'], 'refused'> | undefined {
  if (state === given && decidedBy === by) return given;
  if (state === 'pending' && given === 'approved' && approvedBy.includes(by)) return 'waiting';
  return state === 'cancelled' && judgedBy === by ? 'canary' : undefined;
}
