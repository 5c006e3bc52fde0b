/** Whether an approval would take effect: what is approved has to be able to run. */
import { DomainError, type ApprovalDetail } from '@/lib/contracts';
import { sql as query, type Sql } from '@/lib/db';
import { partOf, peekApprovable, requireApprovable, stateAt } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import type { DecidableRow } from './lock';
import { passkeyMissing } from './step-up';

type Asked = Pick<
  DecidableRow,
  'agentId' | 'tool' | 'resource' | 'trustAtRequest' | 'given' | 'parties' | 'askedWith'
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
 * The caller has locked the approval, its decision, and whatever else comes before the agent's trust, which this locks.
 *
 * @throws DomainError 409 `stopped`; 422 `policy_changed`, `trust_fell`, `approver_lost_role`, `approver_has_part`
 */
export async function requireItCanRun(
  sql: Sql,
  workspaceId: string,
  approval: Asked,
  now: Date,
): Promise<void> {
  await check(requireApprovable, sql, { workspaceId, approval, now });
}

/** The same as an answer for the screen, of what holds at this moment, and whether whoever asks lacks a passkey for it. */
export async function mayApprove(
  { actor, now }: ServiceContext,
  approval: Asked & Pick<DecidableRow, 'state' | 'expiresAt' | 'risk'>,
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

/** Whoever approved first may have taken the key of the agent since. */
function requireNoPartOfGivers({ given, parties }: Pick<Asked, 'given' | 'parties'>): void {
  if (given?.some((one) => partOf(parties, one) !== undefined) !== true) return;
  throw new DomainError(
    'unprocessable',
    'approver_has_part',
    'Whoever approved this first has a part in it by now, such as the key of the agent. Reject it, and the agent can ask again.',
  );
}

async function check(
  ask: typeof requireApprovable,
  sql: Sql,
  { workspaceId, approval, now }: { workspaceId: string; approval: Asked; now: Date },
): Promise<void> {
  const { agentId, tool, resource, trustAtRequest, policyVersion, given } = approval;
  requireNoPartOfGivers(approval);
  const approvedBy = given === null ? null : given.map(({ by }) => by).join(' ');
  const { rung } = trustAtRequest;
  const { chain, signedInWith } = approval.askedWith ?? {};
  const decided = { tool, resource, rung, policyVersion, signedInWith };
  const action = { agentId, chain, approvedBy, ...decided };
  try {
    await ask(sql, workspaceId, action, now.getTime());
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const text = FOR_REVIEWERS[error.code];
    if (text === undefined) throw error;
    throw new DomainError(error.kind, error.code, text);
  }
}
