/** "Needs information": a reviewer asks, the agent or its owner answers in the thread. */
import { actorId, actorRef, personBehind, requirePermission, type Actor } from '@/lib/auth';
import { DomainError, notFound, type ApprovalDetail } from '@/lib/contracts';
import { newId, withTransaction, type Sql } from '@/lib/db';
import { appendLedger } from '@/lib/decide';
import { redact } from '@/lib/ledger';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import type { ApprovalRow } from '../approval-rows';
import { getApproval } from '../get';
import { lockApproval, type DecidableRow } from '../lock';
import { closedRefusal, refusalOf } from '../may-decide';

/**
 * Puts a question. The approval goes on waiting, its time goes on too, and anybody may still decide it. It stays with whoever asked,
 * unless it is assigned already.
 *
 * @throws DomainError `forbidden`, `not_found`, `already_decided`, `expired`, `cancelled`, `own_agent`, `claimed`,
 *   `question_open` while another question waits for its answer
 */
export async function askQuestion(
  context: ServiceContext,
  id: string,
  body: string,
): Promise<ApprovalDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'approvals.decide');
  const approvalId = requireId(id, 'approval');
  await withTransaction(async (sql) => {
    const approval = await lockApproval(sql, actor.workspaceId, approvalId);
    const refusal = refusalOf(actor, approval, now) ?? alreadyAsked(approval);
    if (refusal !== undefined) throw refusal;
    const keep = actor.kind === 'person' && approval.assignedTo === null;
    await sql(
      `UPDATE approvals SET asked_by = $3, asked_by_name = $4, asked_at = $5, answered_at = NULL,
         assigned_to = CASE WHEN $6 THEN $3 ELSE assigned_to END, assigned_to_name = CASE WHEN $6 THEN $4 ELSE assigned_to_name END,
         assigned_by_name = CASE WHEN $6 THEN $4 ELSE assigned_by_name END, assigned_at = CASE WHEN $6 THEN $5 ELSE assigned_at END
       WHERE workspace_id = $1 AND id = $2`,
      [actor.workspaceId, approvalId, actorId(actor), actor.name, now, keep],
    );
    const comment = await addToThread(
      sql,
      approval,
      { actor, name: actor.name, now },
      'question',
      body,
    );
    await record(
      sql,
      context,
      [noteOf(context, 'approval.asked', `approval:${approvalId}`, { comment, body })],
      [{ type: 'approval.changed', agentId: approval.agentId, subjectId: approvalId }],
    );
  });
  return getApproval(context, approvalId);
}

/**
 * A person answers: the owner of the agent, when the owner is a person of the workspace, or anybody who may comment.
 *
 * @throws DomainError `forbidden`, `not_found`, `already_decided`, `expired`, `cancelled`, `no_question`
 */
export async function answerQuestion(
  context: ServiceContext,
  id: string,
  body: string,
): Promise<ApprovalDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'workspace.read');
  const approvalId = requireId(id, 'approval');
  await withTransaction((sql) =>
    writeAnswer(sql, { actor, name: actor.name, now }, approvalId, body, (approval) => {
      // A name lets nobody do more: here only the account counts that the owner was linked with.
      const owner = approval.agentOwnerPersonId;
      if (owner === null || personBehind(actor)?.personId !== owner)
        requirePermission(actor, 'approvals.comment');
    }),
  );
  return getApproval(context, approvalId);
}

interface Writer {
  /** The agent's own words: `actor` is the agent, or the gateway that brings them. */
  readonly forAgent?: true;
  readonly actor: Actor;
  readonly name: string;
  readonly now: Date;
}

/**
 * The agent answers for itself, or a gateway for it. What it writes is untrusted text: it is shown as such, and is no evidence of
 * anything.
 *
 * @throws DomainError `not_found` also for the decision of another agent, `already_decided`, `expired`, `cancelled`, `no_question`
 */
export async function answerAsAgent(
  {
    workspaceId,
    agentId,
    decisionId,
    actor,
    now,
  }: {
    workspaceId: string;
    /** Undefined: whatever agent it is. */
    agentId: string | undefined;
    decisionId: string;
    actor: Actor;
    now: Date;
  },
  body: string,
): Promise<void> {
  await withTransaction(async (sql) => {
    const [found] = await sql<{ id: string; name: string }>(
      `SELECT ap.id, a.name FROM approvals ap JOIN agents a ON a.workspace_id = ap.workspace_id AND a.id = ap.agent_id
       WHERE ap.workspace_id = $1 AND ap.decision_id = $2 AND ($3::uuid IS NULL OR ap.agent_id = $3)`,
      [workspaceId, decisionId, agentId ?? null],
    );
    if (found === undefined) throw notFound('approval');
    await writeAnswer(sql, { actor, name: found.name, now, forAgent: true }, found.id, body);
  });
}

async function writeAnswer(
  sql: Sql,
  writer: Writer,
  approvalId: string,
  body: string,
  check: (approval: ApprovalRow) => void = () => undefined,
): Promise<void> {
  const { actor, now } = writer;
  const approval = await lockApproval(sql, actor.workspaceId, approvalId);
  check(approval);
  const refusal = closedOrUnasked(approval, now);
  if (refusal !== undefined) throw refusal;
  await sql('UPDATE approvals SET answered_at = $3 WHERE workspace_id = $1 AND id = $2', [
    actor.workspaceId,
    approvalId,
    now,
  ]);
  // It comes back: whoever put it aside wanted to wait for this.
  await sql(
    'DELETE FROM approval_snoozes WHERE workspace_id = $1 AND approval_id = $2 AND person_id = $3',
    [actor.workspaceId, approvalId, approval.askedBy],
  );
  const comment = await addToThread(sql, approval, writer, 'answer', body);
  await appendLedger(
    sql,
    actor.workspaceId,
    [
      {
        kind: 'approval.answered',
        actor: actorRef(actor),
        subject: `approval:${approvalId}`,
        body: redact({
          comment,
          body,
          ...(writer.forAgent === true ? { agent: approval.agentId } : {}),
        }),
      },
    ],
    [{ type: 'approval.changed', agentId: approval.agentId, subjectId: approvalId }],
    now.getTime(),
  );
}

async function addToThread(
  sql: Sql,
  approval: ApprovalRow,
  { actor, name, now, forAgent }: Writer,
  kind: 'question' | 'answer',
  body: string,
): Promise<string> {
  const id = newId();
  await sql(
    `INSERT INTO approval_comments (workspace_id, id, approval_id, author, author_name, body, created_at, kind, for_agent)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [actor.workspaceId, id, approval.id, actorRef(actor), name, body, now, kind, forAgent === true],
  );
  return id;
}

function alreadyAsked({ askedAt, answeredAt, askedByName }: ApprovalRow): DomainError | undefined {
  if (askedAt === null || answeredAt !== null) return undefined;
  return new DomainError(
    'conflict',
    'question_open',
    `${askedByName ?? 'Somebody'} has asked already, and waits for the answer.`,
  );
}

function closedOrUnasked(approval: DecidableRow, now: Date): DomainError | undefined {
  const closed = closedRefusal(approval, now);
  if (closed !== undefined) return closed;
  if (approval.askedAt !== null && approval.answeredAt === null) return undefined;
  return new DomainError('conflict', 'no_question', 'No question waits for an answer here.');
}
