/** Whether an approval would take effect: what is approved has to be able to run. */
import { DomainError, type ApprovalDetail } from '@/lib/contracts';
import { sql as query, type Sql } from '@/lib/db';
import { peekApprovable, requireApprovable, stateAt } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import type { ApprovalRow } from './approval-rows';
import { passkeyMissing } from './step-up';

type Asked = Pick<
  ApprovalRow,
  'agentId' | 'decisionId' | 'tool' | 'resource' | 'trustAtRequest' | 'given'
> & {
  /** Null where the call is judged again, because its arguments were changed. */
  readonly policyVersion: number | null;
};

/** What a reviewer is told in the place of what an agent is told: they cannot ask for a new decision, but reject. */
const FOR_REVIEWERS: Readonly<Record<string, string>> = {
  policy_changed:
    'The policy changed since this was asked for, so it cannot run any more. Reject it, and the agent can ask again.',
  approver_lost_role:
    'Whoever approved this first may no longer decide. Reject it, and the agent can ask again.',
};

/**
 * The caller has locked the approval; this locks its decision and then the agent's trust.
 *
 * @throws DomainError 409 `stopped`; 422 `policy_changed`, `trust_fell`, `approver_lost_role`
 */
export async function requireItCanRun(
  sql: Sql,
  workspaceId: string,
  approval: Asked,
  now: Date,
): Promise<void> {
  // Decisions come before trust in the lock order.
  await sql('SELECT 1 FROM decisions WHERE workspace_id = $1 AND id = $2 FOR UPDATE', [
    workspaceId,
    approval.decisionId,
  ]);
  await check(requireApprovable, sql, { workspaceId, approval, now });
}

/** The same as an answer for the screen, of what holds at this moment, and whether whoever asks lacks a passkey for it. */
export async function mayApprove(
  { actor, now }: ServiceContext,
  approval: Asked & Pick<ApprovalRow, 'state' | 'expiresAt' | 'risk'>,
): Promise<NonNullable<ApprovalDetail['mayApprove']>> {
  if (stateAt(approval.state, approval.expiresAt, now) !== 'pending') return { allowed: false };
  try {
    await check(peekApprovable, query, { workspaceId: actor.workspaceId, approval, now });
    const missing = await passkeyMissing(query, actor, approval.risk);
    if (missing !== undefined) throw missing;
    return { allowed: true };
  } catch (error) {
    if (error instanceof DomainError)
      return { allowed: false, code: error.code, why: error.message };
    throw error;
  }
}

async function check(
  ask: typeof requireApprovable,
  sql: Sql,
  { workspaceId, approval, now }: { workspaceId: string; approval: Asked; now: Date },
): Promise<void> {
  const { agentId, tool, resource, trustAtRequest, policyVersion, given } = approval;
  const approvedBy = given === null ? null : given.map(({ by }) => by).join(' ');
  const action = { agentId, tool, resource, rung: trustAtRequest.rung, policyVersion, approvedBy };
  try {
    await ask(sql, workspaceId, action, now.getTime());
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const text = FOR_REVIEWERS[error.code];
    if (text === undefined) throw error;
    throw new DomainError(error.kind, error.code, text);
  }
}
