/** A permit with its decision, locked, and what can be wrong with it by itself: that it is spent, ended, or of another action. */
import { DomainError, notFound } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { actionDigest } from '@/lib/ledger';
import type { Asked } from './parties/select-parties';
import { stateAt } from './state-at';

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

export interface PermitFacts {
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

interface DecisionFacts {
  readonly state: string;
  readonly session_id: string | null;
  readonly waits_until: Date | null;
  readonly edited: boolean;
  readonly asked_with: Asked['askedWith'];
  readonly owner: string;
  readonly owner_person_id: string | null;
}

export async function lockDecision(
  sql: Sql,
  { workspaceId, agentId, decisionId }: Redemption,
): Promise<DecisionFacts | undefined> {
  const [decision] = await sql<DecisionFacts>(
    `SELECT d.state, d.session_id, a.expires_at AS waits_until, a.edited_digest IS NOT NULL AS edited, d.asked_with,
       ag.owner, ag.owner_person_id
     FROM decisions d JOIN agents ag ON ag.workspace_id = d.workspace_id AND ag.id = d.agent_id
     LEFT JOIN approvals a ON a.workspace_id = d.workspace_id AND a.decision_id = d.id
     WHERE d.workspace_id = $1 AND d.id = $2 AND d.agent_id = $3 FOR UPDATE OF d`,
    [workspaceId, decisionId, agentId],
  );
  return decision;
}

type StoredPermit = Omit<PermitFacts, 'state' | 'session_id' | 'edited' | 'asked'>;

export async function lockPermit(
  sql: Sql,
  { workspaceId, agentId, decisionId }: Redemption,
): Promise<StoredPermit | undefined> {
  const [permit] = await sql<StoredPermit>(
    `SELECT id, digest, rung, policy_version, approved_by, expires_at, redeemed_at, cancelled_at, undone,
       grant_id IS NOT NULL AS granted
     FROM permits WHERE workspace_id = $1 AND decision_id = $2 AND agent_id = $3
     ORDER BY undone = 0 DESC, undone DESC LIMIT 1 FOR UPDATE`,
    [workspaceId, decisionId, agentId],
  );
  return permit;
}

/** @throws DomainError `not_found`; 409 `not_permitted` */
export function permitFacts(
  decision: DecisionFacts | undefined,
  permit: StoredPermit | undefined,
  now: number,
): PermitFacts {
  if (decision === undefined) throw notFound('decision');
  const { session_id, edited } = decision;
  const state = stateAt(decision.state, decision.waits_until, new Date(now));
  if (permit === undefined) {
    throw conflict('not_permitted', `There is no permit for this action: its state is "${state}".`);
  }
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

/** @throws DomainError 409 `already_redeemed`, `verdict_undone`, `permit_cancelled`, `permit_expired` */
export function requireUnspent(permit: PermitFacts, now: number): void {
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

/** @throws DomainError 422 `action_differs` */
export function requireSameAction(permit: PermitFacts, redemption: Redemption): void {
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
