/** Taking one's own verdict back while nothing has come of it. */
import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, type ApprovalDetail } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import { passingFrom } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import type { ApprovalRow } from './approval-rows';
import { getApproval } from './get';
import { lockApproval } from './lock';
import { switchThatStops } from './switch-that-stops';

/**
 * Takes back a verdict that is not evidence yet: its permit is dead, and the call waits again as it did before, for whatever time it
 * has left. Where a switch has stopped it meanwhile, it closes as cancelled instead. An approval that waits for a second person
 * can be taken back for as long as it waits.
 *
 * @throws DomainError `forbidden`, `not_found`; 403 `not_your_verdict`; 409 `nothing_to_undo`, `undo_over`, `already_redeemed`
 */
export async function undoVerdict(context: ServiceContext, id: string): Promise<ApprovalDetail> {
  requirePermission(context.actor, 'approvals.decide');
  const approvalId = requireId(id, 'approval');
  const clock = passingFrom(context.now.getTime());
  await withTransaction(async (sql) => {
    const approval = await lockApproval(sql, context.actor.workspaceId, approvalId);
    const now = { ...context, now: new Date(clock()) };
    const body =
      approval.state === 'pending'
        ? await undoFirst(sql, now, approval)
        : await undoClosed(sql, now, approval);
    await record(
      sql,
      now,
      [noteOf(now, 'approval.undone', `approval:${approvalId}`, body)],
      [
        // It is in the queue again, and its page is another one.
        { type: 'approval.opened', agentId: approval.agentId, subjectId: approvalId },
        { type: 'approval.changed', agentId: approval.agentId, subjectId: approvalId },
      ],
    );
  });
  return getApproval(context, approvalId);
}

const conflict = (code: string, text: string) => new DomainError('conflict', code, text);

/** One of two approvals. */
async function undoFirst(
  sql: Sql,
  { actor, now }: ServiceContext,
  approval: ApprovalRow,
): Promise<Record<string, unknown>> {
  if (approval.given === null)
    throw conflict('nothing_to_undo', 'Nobody has decided this yet, so there is nothing to undo.');
  const removed = await sql(
    'DELETE FROM approval_verdicts WHERE workspace_id = $1 AND approval_id = $2 AND actor = $3 RETURNING actor',
    [actor.workspaceId, approval.id, actorRef(actor)],
  );
  if (removed.length === 0) throw notYours(approval.given[0]?.actorName);
  if (approval.expiresAt <= now) throw undoOver(approval.expiresAt);
  await sql(
    'UPDATE approvals SET verdicts_given = verdicts_given - 1 WHERE workspace_id = $1 AND id = $2',
    [actor.workspaceId, approval.id],
  );
  return { ...about(approval), outcome: 'approved', state: 'pending' };
}

async function undoClosed(
  sql: Sql,
  { actor, now }: ServiceContext,
  approval: ApprovalRow,
): Promise<Record<string, unknown>> {
  const { state, decidedBy, undoUntil } = approval;
  if (state !== 'approved' && state !== 'rejected')
    throw conflict('nothing_to_undo', `This was closed without a verdict: it is ${state}.`);
  if (decidedBy !== actorRef(actor)) throw notYours(approval.decidedByName);
  if (undoUntil === null || undoUntil <= now) {
    await refuseRedeemed(sql, actor.workspaceId, approval);
    throw undoOver(undoUntil);
  }
  const stopped = await whyStopped(sql, actor.workspaceId, approval);
  const next = stopped === undefined ? 'pending' : 'cancelled';
  await sql('DELETE FROM due_verdicts WHERE workspace_id = $1 AND approval_id = $2', [
    actor.workspaceId,
    approval.id,
  ]);
  await sql(
    `UPDATE approvals SET state = $3, cancel_reason = $4, cancelled_at = $5, decided_by = NULL, decided_by_name = NULL, decided_at = NULL,
       reject_reason = NULL, comment = NULL, edited_arguments = NULL, edited_digest = NULL,
       verdicts_given = verdicts_given - CASE WHEN state = 'approved' THEN 1 ELSE 0 END
     WHERE workspace_id = $1 AND id = $2`,
    [actor.workspaceId, approval.id, next, stopped ?? null, stopped === undefined ? null : now],
  );
  await sql('UPDATE decisions SET state = $3 WHERE workspace_id = $1 AND id = $2', [
    actor.workspaceId,
    approval.decisionId,
    next,
  ]);
  await sql(
    `UPDATE permits SET cancelled_at = coalesce(cancelled_at, $3),
       undone = 1 + (SELECT max(o.undone) FROM permits o WHERE o.workspace_id = $1 AND o.decision_id = $2)
     WHERE workspace_id = $1 AND decision_id = $2 AND undone = 0`,
    [actor.workspaceId, approval.decisionId, now],
  );
  return { ...about(approval), outcome: state, state: next };
}

const about = ({ agentId, decisionId, tool, digest }: ApprovalRow) => ({
  agent: agentId,
  decision: decisionId,
  tool,
  digest,
});

function notYours(name: string | null | undefined): DomainError {
  return new DomainError(
    'forbidden',
    'not_your_verdict',
    `${name ?? 'Somebody else'} gave this verdict, so only they can take it back.`,
  );
}

function undoOver(until: Date | null): DomainError {
  const when = until === null ? '' : ` The time for it ended at ${until.toISOString()}.`;
  return conflict('undo_over', `This verdict counts and cannot be taken back any more.${when}`);
}

/** Redeeming lets a verdict count at once: that is the more useful thing to hear. */
async function refuseRedeemed(
  sql: Sql,
  workspaceId: string,
  { decisionId }: ApprovalRow,
): Promise<void> {
  const [permit] = await sql<{ redeemed_at: Date }>(
    'SELECT redeemed_at FROM permits WHERE workspace_id = $1 AND decision_id = $2 AND redeemed_at IS NOT NULL',
    [workspaceId, decisionId],
  );
  if (permit === undefined) return;
  throw conflict(
    'already_redeemed',
    `The agent used this approval at ${permit.redeemed_at.toISOString()}, so it cannot be taken back.`,
  );
}

/** Why the call cannot wait again. */
async function whyStopped(
  sql: Sql,
  workspaceId: string,
  approval: ApprovalRow,
): Promise<string | undefined> {
  const [agent] = await sql<{ status: string }>(
    'SELECT status FROM agents WHERE workspace_id = $1 AND id = $2',
    [workspaceId, approval.agentId],
  );
  if (agent?.status === 'revoked') return 'The agent was revoked.';
  return switchThatStops(sql, workspaceId, approval);
}
