import type { SessionCall, SessionTimeline } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { stateAt } from '@/lib/decide';
import { LISTED } from '@/lib/services/decisions/listed';
import { iso } from '@/lib/services/instants';
import type { ApprovalRow } from './approval-rows';

const MOST_CALLS = 40;

interface CallRow extends Omit<SessionCall, 'decidedAt' | 'read'> {
  readonly decidedAt: Date;
  readonly approvalExpiresAt: Date | null;
  /** Null when the call gave nothing to read. */
  readonly hostile: boolean | null;
  readonly total: number;
}

/**
 * What the agent did in the session before the call, oldest first. Two agents may use one session id, so it is the agent's own
 * calls and reads that count. The caller has checked who asks.
 */
export async function selectTimeline(
  workspaceId: string,
  { sessionId, agentId, decisionId }: ApprovalRow,
  now: Date,
): Promise<SessionTimeline | null> {
  if (sessionId === null) return null;
  const rows = await sql<CallRow>(
    `WITH earlier AS (
       SELECT d.id, d.tool, d.resource, d.outcome, d.state, d.execution_status, d.decided_at, count(*) OVER ()::int AS total
       FROM decisions d WHERE d.workspace_id = $1 AND d.session_id = $2 AND d.agent_id = $3 AND d.id < $4 AND ${LISTED('d')}
       ORDER BY d.id DESC LIMIT ${MOST_CALLS})
     SELECT e.id, e.tool, jsonb_build_object('type', e.resource->'type', 'id', e.resource->'id') AS resource, e.outcome, e.state,
       e.execution_status AS "executionStatus", e.decided_at AS "decidedAt", e.total, ap.id AS "approvalId",
       ap.expires_at AS "approvalExpiresAt",
       CASE WHEN r.decision_id IS NULL THEN NULL ELSE r.hostile IS NOT NULL END AS hostile
     FROM earlier e
       LEFT JOIN approvals ap ON ap.workspace_id = $1 AND ap.decision_id = e.id
       LEFT JOIN session_reads r ON r.workspace_id = $1 AND r.agent_id = $3 AND r.session_id = $2 AND r.decision_id = e.id
     ORDER BY e.id`,
    [workspaceId, sessionId, agentId, decisionId],
  );
  const calls = rows.map(
    ({ total: _, hostile, approvalExpiresAt, decidedAt, state, ...call }): SessionCall => ({
      ...call,
      state: stateAt(state, approvalExpiresAt, now),
      decidedAt: iso(decidedAt),
      read: hostile === null ? null : { hostile },
    }),
  );
  return { calls, earlier: (rows[0]?.total ?? 0) - calls.length };
}
