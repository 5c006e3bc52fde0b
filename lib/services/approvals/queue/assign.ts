/** Who looks after an approval: a person is named, or hands it over. It binds nobody: whoever may decide still may. */
import { actorId, requirePermission } from '@/lib/auth';
import { DomainError, type ApprovalDetail } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { claimOf, despiteClaim, type ApprovalRow } from '../approval-rows';
import { getApproval } from '../get';
import { lockApproval, type DecidableRow } from '../lock';
import { refusalDespiteClaim } from '../may-decide';
import { requireReviewer, type Reviewer } from './reviewers';

interface Assignment {
  readonly person: string | null;
  readonly note?: string | undefined;
}

/**
 * Names the person who shall look after it, or takes that back.
 *
 * @throws DomainError `forbidden`, `not_found`, `already_decided`, `expired`, `cancelled`, `own_agent`, `may_not_decide`
 */
export async function assignApproval(
  context: ServiceContext,
  id: string,
  assignment: Assignment,
): Promise<ApprovalDetail> {
  return change(context, id, async (sql, approval) => {
    const to = await reviewerOf(sql, context, approval, assignment.person);
    await writeAssignment(sql, context, approval, to, assignment.note);
    return { kind: 'approval.assigned', to, note: assignment.note };
  });
}

/**
 * The same by somebody who looks after it now, with a word for the next: their claim ends with it.
 *
 * @throws DomainError those of `assignApproval`, `not_yours`
 */
export async function handOverApproval(
  context: ServiceContext,
  id: string,
  { person, note }: { person: string; note: string },
): Promise<ApprovalDetail> {
  return change(context, id, async (sql, approval) => {
    const me = actorId(context.actor);
    const holds = claimOf(approval, context.now)?.by === me || approval.assignedTo === me;
    if (!holds) throw notYours();
    const to = await reviewerOf(sql, context, approval, person);
    await writeAssignment(sql, context, approval, to, note);
    return { kind: 'approval.handed_over', to, note };
  });
}

interface Noted {
  readonly kind: string;
  readonly to: Reviewer | null;
  readonly note: string | undefined;
}

async function change(
  context: ServiceContext,
  id: string,
  work: (sql: Sql, approval: DecidableRow) => Promise<Noted>,
): Promise<ApprovalDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'approvals.decide');
  const approvalId = requireId(id, 'approval');
  await withTransaction(async (sql) => {
    const approval = await lockApproval(sql, actor.workspaceId, approvalId);
    const refusal = refusalDespiteClaim(actor, approval, now);
    if (refusal !== undefined) throw refusal;
    const { kind, to, note } = await work(sql, approval);
    const body = {
      to: to === null ? null : `person:${to.id}`,
      name: to?.name ?? null,
      ...(note === undefined ? {} : { note }),
      ...despiteClaim(context, approval),
    };
    await record(
      sql,
      context,
      [noteOf(context, kind, `approval:${approvalId}`, body)],
      [{ type: 'approval.changed', agentId: approval.agentId, subjectId: approvalId }],
    );
  });
  return getApproval(context, approvalId);
}

const reviewerOf = (
  sql: Sql,
  { actor }: ServiceContext,
  approval: DecidableRow,
  person: string | null,
): Promise<Reviewer | null> =>
  person === null
    ? Promise.resolve(null)
    : requireReviewer(sql, actor.workspaceId, approval, person);

/** A claim of whoever gives it away ends; one of the person it goes to stays. */
async function writeAssignment(
  sql: Sql,
  { actor, now }: ServiceContext,
  approval: ApprovalRow,
  to: Reviewer | null,
  note: string | undefined,
): Promise<void> {
  const keepsClaim = to === null || to.id === approval.claimedBy;
  await sql(
    `UPDATE approvals SET assigned_to = $3, assigned_to_name = $4, assigned_by_name = $5, assigned_note = $6, assigned_at = $7,
       claimed_by = CASE WHEN $8 THEN claimed_by END, claimed_by_name = CASE WHEN $8 THEN claimed_by_name END,
       claimed_until = CASE WHEN $8 THEN claimed_until END
     WHERE workspace_id = $1 AND id = $2`,
    [
      actor.workspaceId,
      approval.id,
      to?.id ?? null,
      to?.name ?? null,
      to === null ? null : actor.name,
      to === null ? null : (note ?? null),
      to === null ? null : now,
      keepsClaim,
    ],
  );
}

const notYours = () =>
  new DomainError(
    'conflict',
    'not_yours',
    'You do not look after this call, so you cannot hand it over. Assign it instead.',
  );
