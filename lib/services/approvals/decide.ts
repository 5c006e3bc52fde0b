/** A person's verdict: one transaction closes the approval, moves trust, issues the permit and writes the ledger. */
import { actorRef, requirePermission } from '@/lib/auth';
import {
  DomainError,
  type ApprovalDetail,
  type Assertion,
  type GrantScope,
  type RejectReason,
  type VigilanceBody,
} from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import {
  issuePermit,
  passingFrom,
  type Announcement,
  type KnownPerson,
  type LedgerNote,
} from '@/lib/decide';
import type { CanaryRow } from '@/lib/services/canaries/close';
import { judgeCanary, lockCanary } from '@/lib/services/canaries/judge';
import type { ServiceContext } from '@/lib/services/context';
import { createGrant } from '@/lib/services/grants/create';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { requireWithinLimit, takeReviewerTurn } from '@/lib/services/reviewing/load';
import { despiteClaim, type ApprovalRow } from './approval-rows';
import { countVerdict } from './count-verdict';
import { requireItCanRun } from './approvable';
import { grantPartRefusal, requireStillFirst } from './first-call';
import { approveFirst, isFirstOfTwo } from './first-of-two';
import { getApproval } from './get';
import { editNote, judgeEdit, requireRungAfter, type Edits, type JudgedEdit } from './edit';
import { lockApproval, lockDecisionOf, type DecidableRow } from './lock';
import { refusalDespiteClaim, refusalOf } from './may-decide';
import { requireNoPersonNeeded } from './programs';
import { requireTarget } from './require-target';
import { requireStepUp } from './step-up';

interface Given {
  readonly comment?: string | undefined;
  /** It can be taken back for as long as the workspace says, and is no evidence until then. */
  readonly undoable?: boolean | undefined;
  /** Milliseconds longer that it can be: others are given after it with which it is taken back. */
  readonly undoLaterMs?: number;
}
export type Verdict =
  | (Given & {
      readonly outcome: 'approved';
      readonly digest: string;
      /** The id of the resource as the reviewer typed it; needed for critical risk. */
      readonly target?: string | undefined;
      /** The proof by passkey, for critical risk. */
      readonly assertion?: Assertion | undefined;
      /** What shall run instead of the arguments the agent sent. */
      readonly edits?: Edits | undefined;
      /** Calls like this one that shall run without asking. Such a verdict counts at once. */
      readonly scope?: GrantScope | undefined;
    })
  | (Given & { readonly outcome: 'rejected'; readonly reason: RejectReason });

/**
 * Gives a verdict. Exactly one of several at once counts; the others are told who was first. Where two people have to approve, the
 * first approval closes nothing yet.
 *
 * @throws DomainError `forbidden`, `not_found`, `already_decided`, `expired`, `cancelled`, `own_agent` and the other parts of
 *   `refusalOf`, `second_person_needed`, `claimed`, `stale_digest`, `target_not_confirmed`, `verdict_limit`, those of `requireNoPersonNeeded`,
 *   `requireItCanRun` and `requireStepUp`, and with edits those of `judgeEdit`
 */
export async function decideApproval(
  context: ServiceContext,
  id: string,
  verdict: Verdict,
): Promise<ApprovalDetail> {
  requirePermission(context.actor, 'approvals.decide');
  const approvalId = requireId(id, 'approval');
  const clock = passingFrom(context.now.getTime());
  await withTransaction((sql) => giveVerdict(sql, context, approvalId, verdict, { clock }));
  return getApproval(context, approvalId);
}

interface Circumstances {
  /** Milliseconds since the epoch; the caller's time unless it says otherwise. */
  readonly clock?: () => number;
  /** The people of the workspace, for whoever gives several verdicts. */
  readonly people?: readonly KnownPerson[];
}

/** The same inside the caller's transaction, without reading the approval again. */
export async function giveVerdict(
  sql: Sql,
  asked: ServiceContext,
  approvalId: string,
  verdict: Verdict,
  { clock = () => asked.now.getTime(), people }: Circumstances = {},
): Promise<void> {
  const { actor } = asked;
  requirePermission(actor, 'approvals.decide');
  const limited = await takeReviewerTurn(sql, actor);
  const approval = await lockApproval(sql, actor.workspaceId, approvalId, people);
  const context = { ...asked, now: new Date(clock()) };
  const refuses = verdict.outcome === 'rejected' ? refusalDespiteClaim : refusalOf;
  const refusal = refuses(actor, approval, context.now);
  if (refusal !== undefined) throw refusal;
  const { passkey, canary } = await requireMore(sql, context, approval, verdict, limited);
  if (canary !== undefined) return judgeCanary(sql, context, { approval, canary }, verdict);
  if (verdict.outcome === 'approved' && isFirstOfTwo(approval))
    return approveFirst(sql, context, approval, verdict, passkey);
  const edit = await editOf(sql, context, approval, verdict);
  await closeApproval(sql, context, approval, verdict, edit);
  if (verdict.outcome === 'approved') await permit(sql, context, approval, edit);
  const counted = await countVerdict(sql, context, approval, verdict);
  if (edit !== undefined) requireRungAfter(approval, edit, counted);
  const granted = await grantOf(sql, context, approval, verdict);
  await record(
    sql,
    context,
    [
      noteOf(context, `approval.${verdict.outcome}`, `approval:${approvalId}`, {
        ...noteBody(approval, verdict, edit),
        ...despiteClaim(context, approval),
        ...(passkey === undefined ? {} : { passkey }),
        ...(counted.undoUntil === undefined ? {} : { undoUntil: counted.undoUntil.toISOString() }),
      }),
      ...counted.notes,
      ...granted.notes,
    ],
    [
      { type: 'approval.closed', agentId: approval.agentId, subjectId: approvalId },
      ...counted.announcements,
      ...granted.announcements,
    ],
  );
}

/**
 * What an approval needs beyond the right to decide; a rejection needs none of it. The agent's trust is locked last: nothing after it
 * waits for a row that somebody with the trust of another agent may hold.
 */
async function requireMore(
  sql: Sql,
  context: ServiceContext,
  approval: DecidableRow,
  verdict: Verdict,
  limited: VigilanceBody | undefined,
): Promise<{ passkey: string | undefined; canary: CanaryRow | undefined }> {
  const { actor, now } = context;
  if (verdict.outcome === 'approved') {
    requireDigest(approval, verdict.digest);
    if (actor.kind === 'person') requireTarget(approval, verdict.target);
    await requireNoPersonNeeded(sql, actor, approval);
    await requireWithinLimit(sql, actor, limited, approval.risk, now);
    await lockDecisionOf(sql, actor.workspaceId, approval);
  }
  const passkey = await stepUpOf(sql, context, approval, verdict);
  const canary = await lockCanary(sql, actor.workspaceId, approval.id);
  if (verdict.outcome === 'approved') {
    // Other arguments are judged again by the policy in force.
    const judged = verdict.edits === undefined ? approval : { ...approval, policyVersion: null };
    await requireItCanRun(sql, actor.workspaceId, judged, now);
    await requireStillFirst(sql, actor, approval);
  }
  return { passkey, canary };
}

/** The passkey a person confirmed with, where that is needed. Programs are not concerned, as with the typed target. */
function stepUpOf(
  sql: Sql,
  { actor, now }: ServiceContext,
  { id, digest, risk }: ApprovalRow,
  verdict: Verdict,
): Promise<string | undefined> {
  if (actor.kind !== 'person' || verdict.outcome === 'rejected') return Promise.resolve(undefined);
  const { assertion, edits } = verdict;
  const asked = { approval: id, digest, risk, edits: edits?.arguments, assertion };
  return requireStepUp(sql, actor, now, asked);
}

function editOf(
  sql: Sql,
  context: ServiceContext,
  approval: ApprovalRow,
  verdict: Verdict,
): Promise<JudgedEdit | undefined> {
  if (verdict.outcome === 'rejected' || verdict.edits === undefined)
    return Promise.resolve(undefined);
  return judgeEdit(sql, context, approval, verdict.edits);
}

async function grantOf(
  sql: Sql,
  context: ServiceContext,
  approval: DecidableRow,
  verdict: Verdict,
): Promise<{ notes: LedgerNote[]; announcements: Announcement[] }> {
  if (verdict.outcome === 'rejected' || verdict.scope === undefined)
    return { notes: [], announcements: [] };
  const refusal = grantPartRefusal(context.actor, approval);
  if (refusal !== undefined) throw refusal;
  if (verdict.edits !== undefined)
    throw new DomainError(
      'unprocessable',
      'grant_without_edits',
      'A grant is for calls like the one the agent sent. Approve this one with edits, and give a grant with the next call.',
    );
  const { agentId } = approval;
  return {
    notes: [await createGrant(sql, context, approval, verdict.scope)],
    announcements: [{ type: 'agent.changed', agentId, subjectId: agentId }],
  };
}

/** What is decided is what was seen. @throws DomainError `stale_digest` */
export function requireDigest(approval: Pick<ApprovalRow, 'digest'>, digest: string): void {
  if (digest.toLowerCase() === approval.digest) return;
  throw new DomainError(
    'conflict',
    'stale_digest',
    'The digest does not belong to this action. Load the approval again and look at what would be executed.',
  );
}

async function closeApproval(
  sql: Sql,
  { actor, now }: ServiceContext,
  approval: ApprovalRow,
  verdict: Verdict,
  edit: JudgedEdit | undefined,
): Promise<void> {
  const closed = await sql(
    `UPDATE approvals SET state = $3, decided_by = $4, decided_by_name = $5, decided_at = $6, reject_reason = $7, comment = $8,
       edited_arguments = $9::jsonb, edited_digest = $10,
       verdicts_given = verdicts_given + CASE WHEN $3 = 'approved' THEN 1 ELSE 0 END
     WHERE workspace_id = $1 AND id = $2 AND state = 'pending' AND expires_at > $6 RETURNING id`,
    [
      actor.workspaceId,
      approval.id,
      verdict.outcome,
      actorRef(actor),
      actor.name,
      now,
      verdict.outcome === 'rejected' ? verdict.reason : null,
      verdict.comment === undefined || verdict.comment === '' ? null : verdict.comment,
      edit === undefined ? null : JSON.stringify(edit.arguments),
      edit?.digest ?? null,
    ],
  );
  if (closed.length === 0) throw new Error('a locked approval changed under its lock');
  await sql('UPDATE decisions SET state = $3 WHERE workspace_id = $1 AND id = $2', [
    actor.workspaceId,
    approval.decisionId,
    verdict.outcome,
  ]);
}

async function permit(
  sql: Sql,
  { actor, now }: ServiceContext,
  approval: ApprovalRow,
  edit: JudgedEdit | undefined,
): Promise<void> {
  const [workspace] = await sql<{ seconds: number }>(
    'SELECT permit_ttl_seconds AS seconds FROM workspaces WHERE id = $1',
    [actor.workspaceId],
  );
  await issuePermit(sql, {
    workspaceId: actor.workspaceId,
    decisionId: approval.decisionId,
    agentId: approval.agentId,
    digest: edit?.digest ?? approval.digest,
    rung: approval.trustAtRequest.rung,
    policyVersion: edit?.policyVersion ?? approval.policyVersion,
    approvedBy: [...(approval.given ?? []).map(({ by }) => by), actorRef(actor)].join(' '),
    ttlSeconds: workspace?.seconds ?? 0,
    now: now.getTime(),
  });
}

function noteBody(
  approval: ApprovalRow,
  verdict: Verdict,
  edit: JudgedEdit | undefined,
): Record<string, unknown> {
  return {
    agent: approval.agentId,
    decision: approval.decisionId,
    tool: approval.tool,
    digest: approval.digest,
    ...(verdict.outcome === 'rejected' ? { reason: verdict.reason } : {}),
    ...(verdict.comment === undefined ? {} : { comment: verdict.comment }),
    ...(edit === undefined ? {} : { edit: editNote(approval, edit) }),
    ...(approval.given === null ? {} : { approvedBefore: approval.given.map(({ by }) => by) }),
  };
}
