import { withTransaction } from '@/lib/db';
import { appendLedger, type Announcement, type LedgerNote } from './ledger-entries';

/** Most approvals closed in one transaction. */
const BATCH = 200;

/**
 * Closes approvals whose time is over, as expired: that is nobody's verdict and gives no evidence. Several processes may sweep at
 * once; each row is closed by one of them.
 *
 * @param now milliseconds since the epoch
 * @returns how many were closed
 */
export async function expireApprovals(workspaceId: string, now: number): Promise<number> {
  return withTransaction(async (sql) => {
    const closed = await sql<{ id: string; agent_id: string; decision_id: string }>(
      `UPDATE approvals SET state = 'expired' WHERE (workspace_id, id) IN (
         SELECT workspace_id, id FROM approvals WHERE workspace_id = $1 AND state = 'pending' AND expires_at <= $2
         ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
       RETURNING id, agent_id, decision_id`,
      [workspaceId, new Date(now)],
    );
    if (closed.length === 0) return 0;
    await sql(
      `UPDATE decisions SET state = 'expired' WHERE workspace_id = $1 AND id = ANY($2::uuid[])`,
      [workspaceId, closed.map((row) => row.decision_id)],
    );
    const notes = closed.map((row): LedgerNote => ({
      kind: 'approval.expired',
      actor: 'belay',
      subject: `approval:${row.id}`,
      body: { agent: row.agent_id, decision: row.decision_id },
    }));
    const announcements = closed.map((row): Announcement => ({
      type: 'approval.closed',
      agentId: row.agent_id,
      subjectId: row.id,
    }));
    await appendLedger(sql, workspaceId, notes, announcements, now);
    return closed.length;
  });
}

/** Workspaces that have an approval whose time is over. */
export async function workspacesWithExpired(now: number): Promise<string[]> {
  return withTransaction(async (sql) => {
    const rows = await sql<{ workspace_id: string }>(
      `SELECT DISTINCT workspace_id FROM approvals WHERE state = 'pending' AND expires_at <= $1`,
      [new Date(now)],
    );
    return rows.map((row) => row.workspace_id);
  });
}
