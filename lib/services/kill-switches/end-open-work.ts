import type { Sql } from '@/lib/db';
import type { Announcement } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { IN_REACH, reachValues, type Reach } from './scope';

export interface EndedWork {
  /** Ids of the approvals that were waiting. */
  readonly approvals: readonly string[];
  /** How many permits were open. */
  readonly permits: number;
  readonly announcements: Announcement[];
}

type ApprovalRow = { id: string; decision_id: string; agent_id: string };

/**
 * Ends everything in reach that could still lead to an action: approvals that wait, actions that were approved and not carried
 * out, and open permits. An approval whose time is over waits no more: it expires, whatever is switched off after it. The
 * caller holds the workspace's epochs.
 *
 * @param ended.why a sentence for the people and agents who waited
 */
export async function endOpenWork(
  sql: Sql,
  { actor, now }: ServiceContext,
  ended: Reach & { why: string },
): Promise<EndedWork> {
  const values = reachValues(actor.workspaceId, ended);
  const approvals = await sql<ApprovalRow>(
    `UPDATE approvals x SET state = 'cancelled', cancel_reason = $5, cancelled_at = $6
     WHERE x.state = 'pending' AND x.expires_at > $6 AND ${IN_REACH} RETURNING x.id, x.decision_id, x.agent_id`,
    [...values, ended.why, now],
  );
  await sql(
    `UPDATE decisions d SET state = 'cancelled' WHERE d.workspace_id = $1 AND d.id IN (
       SELECT x.decision_id FROM approvals x WHERE (x.state = 'approved' OR x.id = ANY($5::uuid[])) AND ${IN_REACH})
     AND d.state IN ('pending', 'approved')`,
    [...values, approvals.map(({ id }) => id)],
  );
  // Those that were redeemed too: whoever did may ask again with their key, and is not to be answered the same.
  const permits = await sql<{ open: boolean }>(
    `UPDATE permits p SET cancelled_at = $5
     FROM decisions x WHERE p.workspace_id = $1 AND p.cancelled_at IS NULL AND p.expires_at > $5
       AND x.id = p.decision_id AND ${IN_REACH} RETURNING p.redeemed_at IS NULL AS open`,
    [...values, now],
  );
  return {
    approvals: approvals.map(({ id }) => id),
    permits: permits.filter(({ open }) => open).length,
    announcements: approvals.map((row) => ({
      type: 'approval.closed',
      agentId: row.agent_id,
      subjectId: row.id,
    })),
  };
}
