/** Permits after they were issued: one for an approved action, and redeeming any of them once. */
import { DomainError, notFound } from '@/lib/contracts';
import { newId, send, withTransaction, type Sql } from '@/lib/db';
import { actionDigest } from '@/lib/ledger';
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
import { appendLedger } from './ledger-entries';
import type { Asked } from './parties/select-parties';
import { passingFrom } from './passing-time';
import { requireStanding } from './standing';
import { stateAt } from './state-at';
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

export interface Redemption {
  readonly workspaceId: string;
  readonly agentId: string;
  readonly decisionId: string;
  readonly actor: string;
  readonly tool: string;
  readonly arguments: unknown;
  readonly resource: unknown;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

interface PermitFacts {
  readonly id: string;
  readonly digest: string;
  readonly rung: number;
  readonly policy_version: number;
  readonly approved_by: string | null;
  readonly expires_at: Date;
  readonly redeemed_at: Date | null;
  readonly cancelled_at: Date | null;
  /** 0, or the number of this permit among those of its decision that were taken back. */
  readonly undone: number;
  /** It was allowed under a reviewer's grant. */
  readonly granted: boolean;
  readonly session_id: string | null;
  readonly state: string;
  /** A reviewer changed the arguments before they approved. */
  readonly edited: boolean;
  /** Who stands behind the action. */
  readonly asked: Omit<Asked, 'agentId'>;
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
  return withTransaction((sql) => redeemPermitIn(sql, redemption, clock));
}

/** The same inside the caller's transaction, at the caller's time unless a clock says otherwise. */
export async function redeemPermitIn(
  sql: Sql,
  redemption: Redemption,
  clock: () => number = () => redemption.now,
): Promise<{ redeemedAt: number }> {
  const { workspaceId, agentId, decisionId } = redemption;
  const { permit, now, folded, approvalId } = await requireRedeemable(sql, redemption, clock, {
    fold: foldVerdict,
  });
  await sql('UPDATE permits SET redeemed_at = $3 WHERE workspace_id = $1 AND id = $2', [
    workspaceId,
    permit.id,
    new Date(now),
  ]);
  await sql(`UPDATE decisions SET state = 'redeemed' WHERE workspace_id = $1 AND id = $2`, [
    workspaceId,
    decisionId,
  ]);
  const note = {
    kind: 'permit.redeemed',
    actor: redemption.actor,
    subject: `decision:${decisionId}`,
    body: { permit: permit.id, agent: agentId, digest: permit.digest },
  };
  await appendLedger(
    sql,
    workspaceId,
    [...folded.notes, note],
    [
      ...folded.announcements,
      ...approvalUsed(approvalId, agentId),
      { type: 'decision.made', agentId },
    ],
    now,
  );
  return { redeemedAt: now };
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
  const workspace = await lockWorkspaceFacts(sql, workspaceId);
  const approvalId = await lockApprovalOf(sql, workspaceId, decisionId);
  const permit = await lockPermit(sql, redemption, clock);
  const now = clock();
  requireUnspent(taken ? { ...permit, redeemed_at: null } : permit, now);
  requireSameAction(permit, redemption);
  const behind = { agentId, chain: permit.asked.askedWith?.chain };
  // All of them in one order, before folding locks whoever acts alone.
  await lockTrustStates(sql, workspaceId, agentsOf(behind));
  const folded = await fold(sql, { workspaceId, decisionId, now });
  const agents = await lockAgents(sql, workspaceId, agentsOf(behind), now);
  const agent = agents.get(agentId);
  if (agent === undefined) throw notFound('agent');
  const chain = linksOf(agents, behind);
  const signedInWith = permit.asked.askedWith?.signedInWith;
  const decided = { rung: permit.rung, policyVersion: permit.policy_version, signedInWith };
  requireStanding({ workspace, agent, chain, now }, { ...redemption, ...decided });
  await requireApprover(sql, workspaceId, permit.approved_by, now, { agentId, ...permit.asked });
  return { permit, now, folded, approvalId };
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

async function lockPermit(
  sql: Sql,
  { workspaceId, agentId, decisionId }: Redemption,
  clock: () => number,
): Promise<PermitFacts> {
  const [decision] = await sql<{
    state: string;
    session_id: string | null;
    waits_until: Date | null;
    edited: boolean;
    asked_with: Asked['askedWith'];
    owner: string;
    owner_person_id: string | null;
  }>(
    `SELECT d.state, d.session_id, a.expires_at AS waits_until, a.edited_digest IS NOT NULL AS edited, d.asked_with,
       ag.owner, ag.owner_person_id
     FROM decisions d JOIN agents ag ON ag.workspace_id = d.workspace_id AND ag.id = d.agent_id
     LEFT JOIN approvals a ON a.workspace_id = d.workspace_id AND a.decision_id = d.id
     WHERE d.workspace_id = $1 AND d.id = $2 AND d.agent_id = $3 FOR UPDATE OF d`,
    [workspaceId, decisionId, agentId],
  );
  if (decision === undefined) throw notFound('decision');
  const [permit] = await sql<Omit<PermitFacts, 'state' | 'session_id' | 'edited' | 'asked'>>(
    `SELECT id, digest, rung, policy_version, approved_by, expires_at, redeemed_at, cancelled_at, undone,
       grant_id IS NOT NULL AS granted
     FROM permits WHERE workspace_id = $1 AND decision_id = $2
     ORDER BY undone = 0 DESC, undone DESC LIMIT 1 FOR UPDATE`,
    [workspaceId, decisionId],
  );
  if (permit === undefined) {
    throw conflict(
      'not_permitted',
      `There is no permit for this action: its state is "${stateAt(decision.state, decision.waits_until, new Date(clock()))}".`,
    );
  }
  const { session_id, edited } = decision;
  const state = stateAt(decision.state, decision.waits_until, new Date(clock()));
  const asked = {
    agentOwner: decision.owner,
    agentOwnerPersonId: decision.owner_person_id,
    sessionId: session_id,
    askedWith: decision.asked_with,
  };
  return { ...permit, state, session_id, edited, asked };
}

const conflict = (code: string, message: string) => new DomainError('conflict', code, message);
const broken = (code: string, message: string) => new DomainError('unprocessable', code, message);

function requireUnspent(permit: PermitFacts, now: number): void {
  if (permit.redeemed_at !== null) {
    throw conflict(
      'already_redeemed',
      `This permit was redeemed at ${permit.redeemed_at.toISOString()}. It runs one action once.`,
    );
  }
  if (permit.undone > 0) {
    throw conflict(
      'verdict_undone',
      `Whoever approved this took the approval back. Its state is "${permit.state}" now: wait for the decision again.`,
    );
  }
  if (permit.cancelled_at !== null)
    throw conflict(
      'permit_cancelled',
      permit.granted
        ? 'This permit was cancelled, by a kill switch, with a change of the pact or with the grant it was given under.'
        : 'This permit was cancelled by a kill switch or a change of the pact.',
    );
  if (permit.expires_at.getTime() <= now) {
    throw conflict(
      'permit_expired',
      `This permit expired at ${permit.expires_at.toISOString()}. Ask for a new decision.`,
    );
  }
}

function requireSameAction(permit: PermitFacts, redemption: Redemption): void {
  const digest = actionDigest({
    tool: redemption.tool,
    arguments: redemption.arguments,
    resource: redemption.resource,
    agent: redemption.agentId,
    session: permit.session_id,
    policyVersion: String(permit.policy_version),
  });
  if (digest === permit.digest) return;
  throw broken(
    'action_differs',
    permit.edited
      ? 'A reviewer changed the arguments before they approved. Only those in "verdict.edit.arguments" of the decision can be redeemed.'
      : 'The tool, the arguments or the resource differ from the action that was decided. Ask for a decision on this one.',
  );
}
