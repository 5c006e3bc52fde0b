import { actorRef } from '@/lib/auth';
import type { AgentCaller } from '@/lib/auth/agents';
import { DomainError, type AccessRequestInput } from '@/lib/contracts';
import { isUuid, newId, withTransaction, type Sql } from '@/lib/db';
import { appendLedger, stateAt } from '@/lib/decide';
import { actionDigest, redact } from '@/lib/ledger';
import { lockApproval } from '@/lib/services/approvals/lock';
import { callbackTarget } from './callback-target';
import { accessProblem } from './problems';

export interface Submission {
  readonly caller: AgentCaller;
  readonly agentId: string;
  readonly action: {
    readonly tool: string;
    readonly arguments: unknown;
    readonly resource: unknown;
  };
  readonly input: AccessRequestInput;
  readonly now: Date;
}

/**
 * Makes a task of an approval that waits: the denial was answered with it, and nothing new is queued. What the program writes about
 * it is shown to reviewers as the agent's own words. Asking again gives the same task.
 *
 * @returns the id of the task
 * @throws DomainError of the profile: `invalid_denial_binding`, `not_requestable`, `expired_denial`; 400 `callback_refused`
 */
export async function submitAccessRequest(submission: Submission): Promise<string> {
  const { caller, input, now } = submission;
  const { workspaceId } = caller;
  const targetId =
    input.callback === undefined
      ? null
      : await callbackTarget(workspaceId, input.callback.endpoint);
  return withTransaction(async (sql) => {
    const { approvalId, state } = await requireBound(sql, submission);
    const approval = await lockApproval(sql, workspaceId, approvalId);
    const [known] = await sql<{ id: string }>(
      'SELECT id FROM access_requests WHERE workspace_id = $1 AND approval_id = $2',
      [workspaceId, approvalId],
    );
    if (known !== undefined) return known.id;
    if (stateAt(state, approval.expiresAt, now) === 'expired')
      throw accessProblem(
        'expired_denial',
        'Nobody decided this in time. Evaluate the action again.',
      );
    const id = newId();
    await insert(sql, submission, { id, approvalId, targetId });
    const comment = await writeJustification(sql, submission, approval);
    const note = {
      kind: 'approval.access_requested',
      actor: actorRef(caller),
      subject: `approval:${approvalId}`,
      body: redact({ task: id, agent: submission.agentId, comment }),
    };
    const agentId = submission.agentId;
    await appendLedger(
      sql,
      workspaceId,
      [note],
      [{ type: 'approval.changed', agentId, subjectId: approvalId }],
      now.getTime(),
    );
    return id;
  });
}

interface BoundRow {
  readonly digest: string;
  readonly sessionId: string | null;
  readonly policyVersion: number;
  readonly approvalId: string | null;
  readonly state: 'pending' | 'approved' | 'rejected' | 'expired' | 'cancelled';
}

/** The denied evaluation that a submission names is of this agent, and of exactly this action. */
async function requireBound(
  sql: Sql,
  { caller, agentId, action, input }: Submission,
): Promise<{ approvalId: string; state: BoundRow['state'] }> {
  const unbound = () =>
    accessProblem(
      'invalid_denial_binding',
      'The denial does not belong to this subject, action and resource. Send "denial.evaluation_id" and all three as they were evaluated.',
    );
  const id = input.denial.evaluation_id ?? '';
  if (!isUuid(id)) throw unbound();
  const [row] = await sql<BoundRow>(
    `SELECT d.digest, d.session_id AS "sessionId", d.policy_version AS "policyVersion", a.id AS "approvalId", a.state
     FROM decisions d LEFT JOIN approvals a ON a.workspace_id = d.workspace_id AND a.decision_id = d.id
     WHERE d.workspace_id = $1 AND d.id = $2 AND d.agent_id = $3`,
    [caller.workspaceId, id, agentId],
  );
  if (row === undefined) throw unbound();
  const digest = actionDigest({
    ...action,
    agent: agentId,
    session: row.sessionId,
    policyVersion: String(row.policyVersion),
  });
  if (digest !== row.digest) throw unbound();
  if (row.approvalId === null)
    throw accessProblem('not_requestable', 'This denial was final: nobody can approve the action.');
  return { approvalId: row.approvalId, state: row.state };
}

function insert(
  sql: Sql,
  { caller, agentId, input, now }: Submission,
  { id, approvalId, targetId }: { id: string; approvalId: string; targetId: string | null },
): Promise<unknown> {
  const { callback, client, requested_access: wanted } = input;
  return sql(
    `INSERT INTO access_requests (workspace_id, id, approval_id, agent_id, requested_by, requested_until, client,
       callback_target_id, callback_state, callback_events, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10::text[], $11)`,
    [
      caller.workspaceId,
      id,
      approvalId,
      agentId,
      actorRef(caller),
      wanted?.requested_until === undefined ? null : new Date(wanted.requested_until),
      client === undefined ? null : JSON.stringify(client),
      targetId,
      callback?.state ?? null,
      callback?.events ?? [],
      now,
    ],
  );
}

/** What the agent gives as its reason stands in the conversation, marked as the agent's words. */
async function writeJustification(
  sql: Sql,
  { caller, input, now }: Submission,
  approval: { readonly id: string; readonly agentName: string },
): Promise<string | undefined> {
  const why = input.context?.business_justification;
  const until = input.requested_access?.requested_until;
  const parts = [why, until === undefined ? undefined : `Wanted until ${until}.`];
  const body = parts.filter((part) => part !== undefined).join('\n');
  if (body === '') return undefined;
  const id = newId();
  await sql(
    `INSERT INTO approval_comments (workspace_id, id, approval_id, author, author_name, body, created_at, kind, for_agent)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'comment', true)`,
    [caller.workspaceId, id, approval.id, actorRef(caller), approval.agentName, body, now],
  );
  return id;
}

/** An error of the idempotency keys in the words of the profile. */
export function asDuplicate(error: unknown): unknown {
  return error instanceof DomainError && error.code === 'idempotency_key_reused'
    ? accessProblem('duplicate_request', error.message)
    : error;
}
