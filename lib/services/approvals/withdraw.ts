import { notFound } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import { appendLedger, shareEpochs } from '@/lib/decide';
import { redact } from '@/lib/ledger';

export interface Withdrawal {
  readonly workspaceId: string;
  /** Undefined for a gateway, which may touch every agent of its workspace. */
  readonly agentId: string | undefined;
  readonly decisionId: string;
  readonly actor: string;
  /** Why nobody needs the verdict any more; written by a program. */
  readonly reason: string;
  readonly now: Date;
}

/**
 * Whoever asked needs no answer any more: what waits for a person is cancelled, and is nobody's verdict. What a person decided, or what
 * has ended by itself, stays as it is.
 *
 * @returns whether something still waited
 * @throws DomainError `not_found` also for the decision of another agent or workspace
 */
export async function withdrawDecision(withdrawal: Withdrawal): Promise<boolean> {
  const { workspaceId, agentId, decisionId, actor, reason, now } = withdrawal;
  return withTransaction(async (sql) => {
    await shareEpochs(sql, workspaceId);
    const known = await sql(
      'SELECT 1 FROM decisions WHERE workspace_id = $1 AND id = $2 AND ($3::uuid IS NULL OR agent_id = $3)',
      [workspaceId, decisionId, agentId ?? null],
    );
    if (known.length === 0) throw notFound('decision');
    const [approval] = await sql<{ id: string; agent_id: string }>(
      `UPDATE approvals SET state = 'cancelled', cancel_reason = $3, cancelled_at = $4
       WHERE workspace_id = $1 AND decision_id = $2 AND state = 'pending' AND expires_at > $4 RETURNING id, agent_id`,
      [workspaceId, decisionId, `The agent needs no verdict any more: ${reason}`, now],
    );
    if (approval === undefined) return false;
    await sql(
      `UPDATE decisions SET state = 'cancelled' WHERE workspace_id = $1 AND id = $2 AND state = 'pending'`,
      [workspaceId, decisionId],
    );
    const note = {
      kind: 'approval.withdrawn',
      actor,
      subject: `approval:${approval.id}`,
      body: { agent: approval.agent_id, decision: decisionId, reason: redact(reason) },
    };
    await appendLedger(
      sql,
      workspaceId,
      [note],
      [{ type: 'approval.closed', agentId: approval.agent_id, subjectId: approval.id }],
      now.getTime(),
    );
    return true;
  });
}
