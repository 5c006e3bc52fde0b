import type { GrantRequest, GrantScope } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { stateAt } from '@/lib/decide';
import { iso } from '@/lib/services/instants';
import { serializeGrant, type GrantRow } from './grant-rows';

export interface RequestRow {
  readonly id: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly tool: string;
  readonly scope: GrantScope;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly decisionId: string;
  readonly approvalId: string;
  readonly digest: string;
  readonly approvalState: 'pending' | 'approved' | 'rejected' | 'expired' | 'cancelled';
  readonly expiresAt: Date;
}

/** The columns of a `RequestRow`, over REQUEST_TABLES. */
export const REQUEST_COLUMNS = `r.id, r.agent_id AS "agentId", a.name AS "agentName", ap.tool, r.scope, r.reason,
  r.requested_by AS "requestedBy", r.created_at AS "requestedAt", ap.decision_id AS "decisionId", ap.id AS "approvalId", ap.digest,
  ap.state AS "approvalState", ap.expires_at AS "expiresAt"`;
export const REQUEST_TABLES = `grant_requests r
  JOIN approvals ap ON ap.workspace_id = r.workspace_id AND ap.id = r.approval_id
  JOIN agents a ON a.workspace_id = r.workspace_id AND a.id = r.agent_id`;

/** @param grant what the approval gave with it */
export function serializeRequest(
  row: RequestRow,
  grant: GrantRow | undefined,
  now: Date,
): GrantRequest {
  const state = stateAt(row.approvalState, row.expiresAt, now);
  return {
    id: row.id,
    state: state === 'approved' ? (grant === undefined ? 'approved_once' : 'granted') : state,
    agent: { id: row.agentId, name: row.agentName },
    tool: row.tool,
    scope: { ...row.scope, vary: [...row.scope.vary] },
    reason: row.reason,
    requestedBy: row.requestedBy,
    requestedAt: iso(row.requestedAt),
    decisionId: row.decisionId,
    approval: { id: row.approvalId, digest: row.digest, expiresAt: iso(row.expiresAt) },
    grant: grant === undefined ? null : serializeGrant(grant, now),
  };
}

/** What an approval was asked with, for its page. */
export async function grantAskedWith(
  sql: Sql,
  workspaceId: string,
  approvalId: string,
): Promise<{ id: string; scope: GrantScope; reason: string } | undefined> {
  const [row] = await sql<{ id: string; scope: GrantScope; reason: string }>(
    'SELECT id, scope, reason FROM grant_requests WHERE workspace_id = $1 AND approval_id = $2',
    [workspaceId, approvalId],
  );
  return row;
}
