/** The first approval of a call that two people have to approve: it is written down, and the call goes on waiting. */
import { actorRef, personBehind } from '@/lib/auth';
import { DomainError } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { noteOf, record } from '@/lib/services/record';
import type { ApprovalRow } from './approval-rows';
import type { Verdict } from './decide';
import { requireOneApprover } from './edit';

export const isFirstOfTwo = ({
  verdictsGiven,
  verdictsNeeded,
}: Pick<ApprovalRow, 'verdictsGiven' | 'verdictsNeeded'>): boolean =>
  verdictsGiven + 1 < verdictsNeeded;

/**
 * Gives no permit and no evidence: one action that is approved is one piece of evidence, of whoever completes it. The claim ends, so
 * that the second person can decide. The caller has locked the approval and checked who approves what.
 *
 * @param passkey id of the credential the person confirmed with, where that was needed
 * @throws DomainError 422 `edits_need_one_person`, `grant_not_for_this`
 */
export async function approveFirst(
  sql: Sql,
  context: ServiceContext,
  approval: ApprovalRow,
  verdict: Extract<Verdict, { outcome: 'approved' }>,
  passkey: string | undefined,
): Promise<void> {
  const { actor, now } = context;
  if (verdict.edits !== undefined) requireOneApprover(approval);
  if (verdict.scope !== undefined)
    throw new DomainError(
      'unprocessable',
      'grant_not_for_this',
      'Each call of this kind needs two people, so no grant can be given for it.',
    );
  const comment = verdict.comment === '' ? null : (verdict.comment ?? null);
  await sql(
    `INSERT INTO approval_verdicts (workspace_id, approval_id, actor, actor_name, person_id, digest, comment, given_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      actor.workspaceId,
      approval.id,
      actorRef(actor),
      actor.name,
      personBehind(actor)?.personId ?? null,
      approval.digest,
      comment,
      now,
    ],
  );
  await sql(
    `UPDATE approvals SET verdicts_given = verdicts_given + 1, claimed_by = NULL, claimed_by_name = NULL, claimed_until = NULL
     WHERE workspace_id = $1 AND id = $2`,
    [actor.workspaceId, approval.id],
  );
  await record(
    sql,
    context,
    [
      noteOf(
        context,
        'approval.approved_first',
        `approval:${approval.id}`,
        noteBody(approval, comment, passkey),
      ),
    ],
    [{ type: 'approval.changed', agentId: approval.agentId, subjectId: approval.id }],
  );
}

function noteBody(approval: ApprovalRow, comment: string | null, passkey: string | undefined) {
  return {
    agent: approval.agentId,
    decision: approval.decisionId,
    tool: approval.tool,
    digest: approval.digest,
    given: approval.verdictsGiven + 1,
    needed: approval.verdictsNeeded,
    ...(comment === null ? {} : { comment }),
    ...(passkey === undefined ? {} : { passkey }),
  };
}
