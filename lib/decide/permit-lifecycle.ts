/** Permits after they were issued: one for an approved action, and redeeming any of them once. */
import { DomainError, notFound } from '@/lib/contracts';
import { newId, send, withClosing, withTransaction, type Closing, type Sql } from '@/lib/db';
import { lockAgents } from './agent-facts';
import { insertPermits } from './decision-rows';
import { agentsOf, linksOf } from './delegation-chain';
import {
  approvalUsed,
  foldVerdict,
  lockApprovalOf,
  NOTHING_FOLDED,
  type Folded,
} from './due-verdicts';
import { ledgerStatement } from './ledger-entries';
import { passingFrom } from './passing-time';
import { requireStanding } from './standing';
import {
  lockDecision,
  lockPermit,
  permitFacts,
  requireSameAction,
  requireUnspent,
  type PermitFacts,
  type Redemption,
} from './permit-facts';
import { requireApprover } from './still-approved';
import { lockTrustStates } from './trust-states';
import { lockWorkspaceFacts } from './workspace-facts';

export interface ApprovedAction {
  readonly workspaceId: string;
  readonly decisionId: string;
  readonly agentId: string;
  readonly digest: string;
  /** The rung that was applied when the action was decided: at redemption the agent must still stand there. */
  readonly rung: number;
  readonly policyVersion: number;
  /** `person:<id>` or `key:<id>`; of two people who approved, both with a space between them. */
  readonly approvedBy: string;
  readonly ttlSeconds: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Writes the permit of an action a person approved, in the transaction of the verdict. */
export async function issuePermit(sql: Sql, action: ApprovedAction): Promise<void> {
  const { ttlSeconds, now, ...facts } = action;
  const permit = {
    ...facts,
    grantId: null,
    id: newId(now),
    issuedAt: now,
    expiresAt: now + ttlSeconds * 1000,
    redeemedAt: null,
  };
  await send(sql, insertPermits([permit]));
}

/**
 * Spends a permit: exactly once, for exactly the action that was decided, and only while everything it was given for still holds.
 *
 * @throws DomainError `not_found`; 409 `already_redeemed`, `permit_expired`, `permit_cancelled`, `verdict_undone`, `not_permitted`,
 *   `stopped`;
 *   422 `action_differs`, `trust_fell`, `policy_changed`, `approver_lost_role`, `approver_has_part`
 */
export async function redeemPermit(redemption: Redemption): Promise<{ redeemedAt: number }> {
  const clock = passingFrom(redemption.now);
  return withClosing((sql) => prepareRedemption(sql, redemption, clock));
}

/** The same inside the caller's transaction, at the caller's time unless a clock says otherwise. */
export async function redeemPermitIn(
  sql: Sql,
  redemption: Redemption,
  clock: () => number = () => redemption.now,
): Promise<{ redeemedAt: number }> {
  const { result, closing } = await prepareRedemption(sql, redemption, clock);
  await send(sql, closing);
  return result;
}

async function prepareRedemption(
  sql: Sql,
  redemption: Redemption,
  clock: () => number,
): Promise<Closing<{ redeemedAt: number }>> {
  const { workspaceId, agentId, decisionId } = redemption;
  const { permit, now, folded, approvalId } = await requireRedeemable(sql, redemption, clock, {
    fold: foldVerdict,
  });
  const note = {
    kind: 'permit.redeemed',
    actor: redemption.actor,
    subject: `decision:${decisionId}`,
    body: { permit: permit.id, agent: agentId, digest: permit.digest },
  };
  const told = [
    ...folded.announcements,
    ...approvalUsed(approvalId, agentId),
    { type: 'decision.made' as const, agentId },
  ];
  return {
    result: { redeemedAt: now },
    closing: [
      {
        text: 'UPDATE permits SET redeemed_at = $3 WHERE workspace_id = $1 AND id = $2',
        values: [workspaceId, permit.id, new Date(now)],
      },
      {
        text: `UPDATE decisions SET state = 'redeemed' WHERE workspace_id = $1 AND id = $2`,
        values: [workspaceId, decisionId],
      },
      ledgerStatement(workspaceId, [...folded.notes, note], told, now),
    ],
  };
}

interface Leniency {
  readonly fold?: typeof foldVerdict;
  /** Whoever asks has redeemed the permit themselves, and wants to know whether it would still be given. */
  readonly taken?: boolean;
}

/**
 * Everything a permit was given for still holds; its locks are taken in the order that all decisions take them. What is redeemed
 * cannot be taken back any more, so with `fold` the verdict counts from here on, also for the trust that is asked after.
 */
async function requireRedeemable(
  sql: Sql,
  redemption: Redemption,
  clock: () => number,
  { fold = () => Promise.resolve(NOTHING_FOLDED), taken = false }: Leniency = {},
): Promise<{ permit: PermitFacts; now: number; folded: Folded; approvalId: string | undefined }> {
  const { workspaceId, agentId, decisionId } = redemption;
  // One round trip, sent in the order of the locks.
  const [workspace, approvalId, decision, stored] = await Promise.all([
    lockWorkspaceFacts(sql, workspaceId),
    lockApprovalOf(sql, workspaceId, decisionId),
    lockDecision(sql, redemption),
    lockPermit(sql, redemption),
  ]);
  const permit = permitFacts(decision, stored, clock());
  const now = clock();
  requireUnspent(taken ? { ...permit, redeemed_at: null } : permit, now);
  requireSameAction(permit, redemption);
  const behind = { agentId, chain: permit.asked.askedWith?.chain };
  const folded = approvalId === undefined ? NOTHING_FOLDED : await foldFor(behind);
  const agents = await lockAgents(sql, workspaceId, agentsOf(behind), now);
  const agent = agents.get(agentId);
  if (agent === undefined) throw notFound('agent');
  const chain = linksOf(agents, behind);
  const signedInWith = permit.asked.askedWith?.signedInWith;
  const decided = { rung: permit.rung, policyVersion: permit.policy_version, signedInWith };
  requireStanding({ workspace, agent, chain, now }, { ...redemption, ...decided });
  await requireApprover(sql, workspaceId, permit.approved_by, now, { agentId, ...permit.asked });
  return { permit, now, folded, approvalId };

  /** All of the agents are locked in one order, before folding locks whoever acts alone. */
  async function foldFor(agentsBehind: typeof behind): Promise<Folded> {
    await lockTrustStates(sql, workspaceId, agentsOf(agentsBehind));
    return fold(sql, { workspaceId, decisionId, now });
  }
}

/**
 * Why an action that was allowed may no longer run: a switch, a spent or expired permit, a fall of trust. An answer that is given
 * again says yes only while a redemption would.
 *
 * @returns undefined while it may
 */
export async function whyNotRedeemable(
  redemption: Redemption,
  { taken = false }: Pick<Leniency, 'taken'> = {},
): Promise<DomainError | undefined> {
  const clock = passingFrom(redemption.now);
  try {
    await withTransaction((sql) => requireRedeemable(sql, redemption, clock, { taken }));
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
