/** Approving with edits: what a reviewer changed is checked, judged again, and bound to the permit instead of what was sent. */
import { actorRef } from '@/lib/auth';
import { changesBetween, DomainError, editProblems, type Json } from '@/lib/contracts';
import { sql as query, type Sql } from '@/lib/db';
import {
  askBasePolicy,
  judgeEditedAction,
  requireRung,
  type AppliedSignals,
  type BaseAnswer,
  type EditedAction,
  type Proposal,
} from '@/lib/decide';
import { redact } from '@/lib/ledger';
import type { ServiceContext } from '@/lib/services/context';
import type { ApprovalRow } from './approval-rows';
import { readApproval } from './lock';
import { refusalOf } from './may-decide';

export interface Edits {
  readonly arguments: Readonly<Record<string, Json>>;
  /** What the customer's own decision point said of them, where there is one. */
  readonly base: BaseAnswer | undefined;
}

export interface JudgedEdit extends EditedAction {
  readonly arguments: Readonly<Record<string, Json>>;
}

/**
 * Asks the customer's own decision point about the edited action, before the transaction: nothing in it waits for a network. A
 * setting that changes meanwhile makes the answer stale, and the edit is refused.
 *
 * @throws DomainError `not_found`, those of `refusalOf`, `edits_need_new_request`, `edits_change_nothing`, `edits_do_not_fit`
 */
export async function askAboutEdits(
  { actor, now }: ServiceContext,
  approvalId: string,
  edited: Edits['arguments'],
): Promise<Edits> {
  const row = await readApproval(query, actor.workspaceId, approvalId);
  const refusal = refusalOf(actor, row, now);
  if (refusal !== undefined) throw refusal;
  requireOneApprover(row);
  requireFit(row, edited);
  const asked = proposalOf(row, edited, actorRef(actor));
  // Nobody outside is asked about a call that no agent made.
  if (await isSeeded(actor.workspaceId, row.decisionId))
    return { arguments: edited, base: undefined };
  return { arguments: edited, base: await askBasePolicy(actor.workspaceId, asked) };
}

async function isSeeded(workspaceId: string, decisionId: string): Promise<boolean> {
  const rows = await query(
    'SELECT 1 FROM decisions WHERE workspace_id = $1 AND id = $2 AND seeded',
    [workspaceId, decisionId],
  );
  return rows.length > 0;
}

/**
 * Judges the edits of an approval that is locked with its decision, and whose agent still stands where it asked from
 * (`requireItCanRun`).
 *
 * @throws DomainError 409 `edits_need_new_request`; 422 `edits_change_nothing`, `edits_do_not_fit`, and those of
 *   `judgeEditedAction`
 */
export async function judgeEdit(
  sql: Sql,
  { actor, now }: ServiceContext,
  approval: ApprovalRow,
  { arguments: edited, base }: Edits,
): Promise<JudgedEdit> {
  requireOneApprover(approval);
  requireFit(approval, edited);
  const proposal = {
    ...proposalOf(approval, edited, actorRef(actor)),
    ...(base === undefined ? {} : { base }),
  };
  const judged = await judgeEditedAction(sql, actor.workspaceId, { proposal, now: now.getTime() });
  return { ...judged, arguments: edited };
}

/**
 * Two people approve one thing: an edit of one of them would be something the other never saw.
 *
 * @throws DomainError 422 `edits_need_one_person`
 */
export function requireOneApprover({ verdictsNeeded }: Pick<ApprovalRow, 'verdictsNeeded'>): void {
  if (verdictsNeeded === 1) return;
  throw new DomainError(
    'unprocessable',
    'edits_need_one_person',
    'This call needs two approvals, and both have to be of the same values. Reject it and say what is wrong, so that the agent asks again.',
  );
}

function requireFit({ arguments: sent }: ApprovalRow, edited: Edits['arguments']): void {
  const errors = editProblems(sent, edited);
  if (errors.length > 0)
    throw new DomainError(
      'unprocessable',
      'edits_do_not_fit',
      `The edits do not fit this call. ${errors[0]?.path ?? ''}: ${errors[0]?.message ?? ''}`,
      { errors },
    );
  if (changesBetween(sent, edited).length === 0)
    throw new DomainError(
      'unprocessable',
      'edits_change_nothing',
      'The edits are the same as what the agent sent. Approve it without edits, or change a value.',
    );
}

/** The same action with other arguments. @throws DomainError `edits_need_new_request` */
function proposalOf(row: ApprovalRow, edited: Edits['arguments'], actor: string): Proposal {
  if (row.askedWith === null)
    throw new DomainError(
      'conflict',
      'edits_need_new_request',
      'This was asked for before edits were possible, so it cannot be judged again. Approve or reject it as it is.',
    );
  return {
    ...row.askedWith,
    endUser: row.askedWith.endUser,
    requestId: row.id,
    agentId: row.agentId,
    actor,
    tool: row.tool,
    arguments: edited,
    resource: row.resource,
    sessionId: row.sessionId ?? undefined,
  };
}

/**
 * The verdict itself costs a little trust. If that takes the agent below the rung it asked from, the permit could never be
 * redeemed, so the verdict is refused as a whole.
 *
 * @throws DomainError `trust_fell`
 */
export function requireRungAfter(
  { trustAtRequest }: ApprovalRow,
  { pinnedRung }: JudgedEdit,
  { assessment }: Pick<AppliedSignals, 'assessment'>,
): void {
  requireRung(trustAtRequest.rung, pinnedRung ?? assessment.rung, 'with this verdict');
}

/** What the ledger says of an edit: the digest of both, and the places that changed, each side redacted as a whole before. */
export function editNote(
  { arguments: sent }: ApprovalRow,
  { arguments: edited, digest }: JudgedEdit,
): Record<string, unknown> {
  const before = redact(sent) as Record<string, Json>;
  const after = redact(edited) as Record<string, Json>;
  const changed = changesBetween(sent, edited).map(({ path }) => path);
  return { digest, changed, changes: changesBetween(before, after) };
}
