import type { Decision, Json, Reason, Risk } from '@/lib/contracts';
import { stateAt } from '@/lib/decide';
import { iso } from '@/lib/services/instants';

export interface DecisionRow {
  readonly id: string;
  readonly agentId: string;
  readonly agentName: string | null;
  readonly sessionId: string | null;
  readonly tool: string;
  readonly arguments: Record<string, Json>;
  readonly resource: Pick<Decision['resource'], 'type' | 'id'>;
  readonly outcome: Decision['outcome'];
  readonly state: Decision['state'];
  readonly reasons: Reason[];
  readonly trust: { score: number; rung: number };
  readonly risk: Risk | null;
  readonly decidedAt: Date;
  readonly executionStatus: Decision['executionStatus'];
  readonly approvalId: string | null;
  readonly approvalExpiresAt: Date | null;
}

/** The columns of a `DecisionRow`, over DECISION_TABLES. What an agent says of a resource besides its name stands with the call alone. */
export const DECISION_COLUMNS = `d.id, d.agent_id AS "agentId", a.name AS "agentName", d.session_id AS "sessionId", d.tool,
  d.arguments, jsonb_build_object('type', d.resource->'type', 'id', d.resource->'id') AS resource, d.outcome, d.state, d.reasons, d.trust, t.risk, d.decided_at AS "decidedAt",
  d.execution_status AS "executionStatus", ap.id AS "approvalId",
  ap.expires_at AS "approvalExpiresAt"`;
export const DECISION_TABLES = `decisions d
  LEFT JOIN agents a ON a.workspace_id = d.workspace_id AND a.id = d.agent_id
  LEFT JOIN tools t ON t.workspace_id = d.workspace_id AND t.name = d.tool
  LEFT JOIN approvals ap ON ap.workspace_id = d.workspace_id AND ap.decision_id = d.id`;

export function serializeDecision(row: DecisionRow, now: Date): Decision {
  return {
    id: row.id,
    agentId: row.agentId,
    agentName: row.agentName ?? 'an agent that is gone',
    sessionId: row.sessionId,
    tool: row.tool,
    arguments: row.arguments,
    resource: row.resource,
    outcome: row.outcome,
    state: stateAt(row.state, row.approvalExpiresAt, now),
    reasons: row.reasons,
    score: row.trust.score,
    rung: row.trust.rung,
    ...(row.risk === null ? {} : { risk: row.risk }),
    decidedAt: iso(row.decidedAt),
    executionStatus: row.executionStatus,
    approvalId: row.approvalId,
  };
}
