import type { Json, TaskStatus } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { stateAt } from '@/lib/decide';

/** A task as its approval stands. */
export interface TaskRow {
  readonly id: string;
  readonly agentId: string;
  readonly approvalId: string;
  readonly state: 'pending' | 'approved' | 'rejected' | 'expired' | 'cancelled';
  readonly expiresAt: Date;
  readonly decidedAt: Date | null;
  /** The verdict can still be taken back. */
  readonly undoable: boolean;
  readonly verdictsNeeded: number;
  readonly verdictsGiven: number;
  readonly editedArguments: Record<string, Json> | null;
  /** Until when the permit holds, or the grant that came with the approval, whichever is later. */
  readonly approvedUntil: Date | null;
  readonly callbackTargetId: string | null;
  readonly callbackState: string | null;
  /** Empty: whatever the end is. */
  readonly callbackEvents: readonly string[];
}

const COLUMNS = `r.id, r.agent_id AS "agentId", r.approval_id AS "approvalId", ap.state, ap.expires_at AS "expiresAt",
  ap.decided_at AS "decidedAt", ap.verdicts_needed AS "verdictsNeeded", ap.verdicts_given AS "verdictsGiven",
  ap.edited_arguments AS "editedArguments", r.callback_target_id AS "callbackTargetId", r.callback_state AS "callbackState",
  r.callback_events AS "callbackEvents",
  EXISTS (SELECT 1 FROM due_verdicts due WHERE due.workspace_id = r.workspace_id AND due.approval_id = r.approval_id) AS undoable,
  greatest(
    (SELECT max(p.expires_at) FROM permits p WHERE p.workspace_id = r.workspace_id AND p.decision_id = ap.decision_id AND p.undone = 0),
    (SELECT max(g.until) FROM approval_grants g WHERE g.workspace_id = r.workspace_id AND g.approval_id = r.approval_id
       AND g.ended_at IS NULL)) AS "approvedUntil"`;

/** @param which a condition over `r` (requests) with the place `$2` for its value */
export async function readTasks(
  sql: Sql,
  workspaceId: string,
  which: string,
  value: string,
): Promise<TaskRow[]> {
  return sql<TaskRow>(
    `SELECT ${COLUMNS} FROM access_requests r
     JOIN approvals ap ON ap.workspace_id = r.workspace_id AND ap.id = r.approval_id
     WHERE r.workspace_id = $1 AND ${which}`,
    [workspaceId, value],
  );
}

const STATUSES: Readonly<Record<TaskRow['state'], TaskStatus>> = {
  pending: 'pending',
  approved: 'approved',
  rejected: 'denied',
  expired: 'expired',
  cancelled: 'cancelled',
};

/** The state of a task never changes once it has ended, so a verdict that can be taken back has not ended it. */
export function statusOf(row: TaskRow, now: Date): TaskStatus {
  return row.undoable ? 'pending' : STATUSES[stateAt(row.state, row.expiresAt, now)];
}
