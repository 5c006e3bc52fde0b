import { notFound } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import type { Decided } from './decide-batch';

interface Row extends Pick<
  Decided,
  'id' | 'agentId' | 'outcome' | 'reasons' | 'trust' | 'digest' | 'sessionId' | 'policyVersion'
> {
  readonly approvalId: string | null;
  readonly approvalExpiresAt: Date | null;
  readonly permitId: string | null;
  readonly permitExpiresAt: Date | null;
}

/**
 * A decision as it was answered when it was made, whatever has become of it since. A permit that a person's verdict gave later
 * is not part of it.
 *
 * @throws DomainError `not_found`
 */
export async function decidedBefore(sql: Sql, workspaceId: string, id: string): Promise<Decided> {
  const [row] = await sql<Row>(
    `SELECT d.id, d.agent_id AS "agentId", d.outcome, d.reasons, d.trust, d.digest, d.session_id AS "sessionId", d.policy_version AS "policyVersion",
       a.id AS "approvalId", a.expires_at AS "approvalExpiresAt", p.id AS "permitId", p.expires_at AS "permitExpiresAt"
     FROM decisions d
     LEFT JOIN approvals a ON a.workspace_id = d.workspace_id AND a.decision_id = d.id
     LEFT JOIN permits p ON p.workspace_id = d.workspace_id AND p.decision_id = d.id AND (p.approved_by IS NULL OR p.grant_id IS NOT NULL)
     WHERE d.workspace_id = $1 AND d.id = $2`,
    [workspaceId, id],
  );
  if (row === undefined) throw notFound('decision');
  const { approvalId, approvalExpiresAt, permitId, permitExpiresAt, ...decision } = row;
  return {
    ...decision,
    approval: timed(approvalId, approvalExpiresAt),
    permit: timed(permitId, permitExpiresAt),
  };
}

const timed = (id: string | null, expiresAt: Date | null) =>
  id === null || expiresAt === null ? undefined : { id, expiresAt: expiresAt.getTime() };
