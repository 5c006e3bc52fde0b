/** The rows behind an approval: what was asked, by whom, and where it stands. */
import {
  changesBetween,
  type Approval,
  type Json,
  type Reason,
  type RejectReason,
  type Risk,
  type Trust,
} from '@/lib/contracts';
import { actorId } from '@/lib/auth';
import type { ServiceContext } from '@/lib/services/context';
import { stateAt, type AskedWith } from '@/lib/decide';
import { trustNow } from '@/lib/services/agents/trust-now';
import { iso, isoOrNull } from '@/lib/services/instants';
import type { TrustState } from '@/lib/trust';
import { readByItself } from './by-itself';
import type { Identity } from '@/lib/decide';

/** An approval of one of two people. */
export interface GivenRow extends Identity {
  /** `person:<id>` or `key:<id>`. */
  readonly by: string;
  readonly actorName: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly comment: string | null;
}

export interface ApprovalRow {
  readonly id: string;
  readonly state: Approval['state'];
  readonly digest: string;
  readonly decisionId: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly agentOwner: string;
  readonly agentOwnerPersonId: string | null;
  readonly agentState: TrustState;
  readonly agentRung: number;
  readonly tool: string;
  readonly risk: Risk;
  readonly arguments: Record<string, Json>;
  readonly resource: Approval['resource'];
  readonly reasons: Reason[];
  readonly provenance: unknown;
  readonly trustAtRequest: Trust;
  readonly policyVersion: number;
  readonly sessionId: string | null;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly claimedBy: string | null;
  readonly claimedByName: string | null;
  readonly claimedUntil: Date | null;
  readonly decidedBy: string | null;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  readonly rejectReason: RejectReason | null;
  readonly comment: string | null;
  readonly cancelReason: string | null;
  readonly cancelledAt: Date | null;
  /** What the agent said beside the action; null for one asked for before this was kept. */
  readonly askedWith: AskedWith | null;
  readonly editedArguments: Record<string, Json> | null;
  readonly editedDigest: string | null;
  /** Until when the verdict can be taken back; null once it counts. */
  readonly undoUntil: Date | null;
  readonly verdictsNeeded: number;
  readonly verdictsGiven: number;
  /** Who has approved while somebody else still has to; null when nobody has. */
  readonly given: readonly GivenRow[] | null;
  readonly trustBefore: { score: number; rung: number } | null;
  readonly trustAfter: { score: number; rung: number; texts: string[] } | null;
  readonly groupKey: string | null;
  readonly riskRank: number;
  readonly assignedTo: string | null;
  readonly assignedToName: string | null;
  readonly assignedByName: string | null;
  readonly assignedNote: string | null;
  readonly assignedAt: Date | null;
  readonly askedBy: string | null;
  readonly askedByName: string | null;
  readonly askedAt: Date | null;
  readonly answeredAt: Date | null;
  readonly escalatedAt: Date | null;
}

/** The columns of an `ApprovalRow`, over APPROVAL_TABLES. The rung is the one that counts now: a manager's pin, else the earned one. */
export const APPROVAL_COLUMNS = `ap.id, ap.state, ap.digest, ap.decision_id AS "decisionId", ap.agent_id AS "agentId",
  a.name AS "agentName", a.owner AS "agentOwner", a.owner_person_id AS "agentOwnerPersonId", t.state AS "agentState",
  coalesce((SELECT r.rung FROM rung_overrides r WHERE r.workspace_id = ap.workspace_id AND r.agent_id = ap.agent_id
    AND r.ended_at IS NULL AND r.until > now() ORDER BY r.created_at DESC LIMIT 1), t.rung) AS "agentRung", ap.tool, ap.risk, d.arguments, d.resource, d.reasons, d.provenance, d.trust AS "trustAtRequest",
  d.policy_version AS "policyVersion", d.session_id AS "sessionId", ap.requested_at AS "requestedAt",
  ap.expires_at AS "expiresAt", ap.claimed_by AS "claimedBy", ap.claimed_by_name AS "claimedByName",
  ap.claimed_until AS "claimedUntil", ap.decided_by AS "decidedBy", ap.decided_by_name AS "decidedByName",
  ap.decided_at AS "decidedAt", ap.reject_reason AS "rejectReason", ap.comment, ap.cancel_reason AS "cancelReason", ap.cancelled_at AS "cancelledAt",
  d.asked_with AS "askedWith", ap.edited_arguments AS "editedArguments", ap.edited_digest AS "editedDigest",
  ap.trust_before AS "trustBefore", ap.trust_after AS "trustAfter", ap.group_key AS "groupKey", ap.risk_rank AS "riskRank",
  ap.assigned_to AS "assignedTo", ap.assigned_to_name AS "assignedToName", ap.assigned_by_name AS "assignedByName",
  ap.assigned_note AS "assignedNote", ap.assigned_at AS "assignedAt", ap.asked_by AS "askedBy", ap.asked_by_name AS "askedByName",
  ap.asked_at AS "askedAt", ap.answered_at AS "answeredAt", ap.escalated_at AS "escalatedAt", ap.verdicts_needed AS "verdictsNeeded",
  ap.verdicts_given AS "verdictsGiven",
  (SELECT due.due_at FROM due_verdicts due WHERE due.workspace_id = ap.workspace_id AND due.approval_id = ap.id) AS "undoUntil",
  CASE WHEN ap.verdicts_needed > 1 THEN (
    SELECT json_agg(json_build_object('by', v.actor, 'actorName', v.actor_name, 'at', extract(epoch FROM v.given_at) * 1000,
      'comment', v.comment, 'personId', v.person_id, 'email', p.email, 'name', p.name) ORDER BY v.given_at)
    FROM approval_verdicts v LEFT JOIN people p ON p.id = v.person_id
    WHERE v.workspace_id = ap.workspace_id AND v.approval_id = ap.id) END AS given`;
export const APPROVAL_TABLES = `approvals ap
  JOIN agents a ON a.workspace_id = ap.workspace_id AND a.id = ap.agent_id
  JOIN trust_states t ON t.workspace_id = ap.workspace_id AND t.agent_id = ap.agent_id
  JOIN decisions d ON d.workspace_id = ap.workspace_id AND d.id = ap.decision_id`;

export function serializeApproval(row: ApprovalRow, now: Date): Approval {
  const state = stateAt(row.state, row.expiresAt, now);
  const byItself = readByItself(row);
  return {
    id: row.id,
    state,
    digest: row.digest,
    decisionId: row.decisionId,
    agent: {
      id: row.agentId,
      name: row.agentName,
      owner: row.agentOwner,
      trust: trustNow(row.agentState, row.agentRung, now),
    },
    action: { name: row.tool, properties: { arguments: row.arguments } },
    resource: row.resource,
    reasons: row.reasons,
    risk: row.risk,
    ...(byItself === undefined ? {} : { byItself }),
    sessionId: row.sessionId,
    requestedAt: iso(row.requestedAt),
    expiresAt: iso(row.expiresAt),
    claim: state === 'pending' ? claimOf(row, now) : null,
    verdict: verdictOf(row, now),
    verdictsNeeded: row.verdictsNeeded,
    verdictsGiven: row.verdictsGiven,
    verdicts: (row.given ?? []).map(({ by, actorName: name, at, comment }) => ({
      by,
      name,
      at: iso(new Date(at)),
      ...(comment === null ? {} : { comment }),
    })),
    cancelReason: row.cancelReason,
    ...(state === 'pending' ? {} : { closedAt: iso(closedAt(row)) }),
    assignment: state === 'pending' ? assignmentOf(row) : null,
    question: questionOf(row),
    escalatedAt: isoOrNull(row.escalatedAt),
  };
}

/** When a closed one closed: by its verdict, by its cancellation, or by its time. */
export const closedAt = ({ decidedAt, cancelledAt, expiresAt }: ApprovalRow): Date =>
  decidedAt ?? cancelledAt ?? expiresAt;

function assignmentOf(row: ApprovalRow): Approval['assignment'] {
  const { assignedTo: to, assignedToName, assignedByName, assignedAt, assignedNote: note } = row;
  if (to === null || assignedAt === null) return null;
  const somebody = 'somebody';
  return {
    to,
    name: assignedToName ?? somebody,
    by: assignedByName ?? somebody,
    at: iso(assignedAt),
    note,
  };
}

function questionOf({
  askedBy,
  askedByName,
  askedAt,
  answeredAt,
}: ApprovalRow): Approval['question'] {
  if (askedBy === null || askedAt === null) return null;
  return {
    by: askedBy,
    name: askedByName ?? 'somebody',
    askedAt: iso(askedAt),
    answeredAt: isoOrNull(answeredAt),
  };
}

/** The claim that holds now, if one does. */
export function claimOf(
  row: Pick<ApprovalRow, 'claimedBy' | 'claimedByName' | 'claimedUntil'>,
  now: Date,
): Approval['claim'] {
  const { claimedBy, claimedByName, claimedUntil } = row;
  if (claimedBy === null || claimedUntil === null || claimedUntil <= now) return null;
  return { by: claimedBy, name: claimedByName ?? 'somebody', until: iso(claimedUntil) };
}

/** Whose claim an act passed over, for the ledger; nothing when nobody else held it. */
export function despiteClaim(
  { actor, now }: ServiceContext,
  approval: Parameters<typeof claimOf>[0],
): { despiteClaim?: { by: string; name: string } } {
  const claim = claimOf(approval, now);
  if (claim === null || claim.by === actorId(actor)) return {};
  return { despiteClaim: { by: claim.by, name: claim.name } };
}

function verdictOf(row: ApprovalRow, now: Date): Approval['verdict'] {
  if (row.state !== 'approved' && row.state !== 'rejected') return null;
  if (row.decidedBy === null || row.decidedAt === null) return null;
  return {
    outcome: row.state,
    by: row.decidedBy,
    name: row.decidedByName ?? row.decidedBy,
    at: iso(row.decidedAt),
    ...(row.rejectReason === null ? {} : { reason: row.rejectReason }),
    ...(row.comment === null ? {} : { comment: row.comment }),
    ...editOf(row),
    ...(row.undoUntil === null || row.undoUntil <= now ? {} : { undoUntil: iso(row.undoUntil) }),
  };
}

function editOf(
  row: Pick<ApprovalRow, 'arguments' | 'editedArguments' | 'editedDigest'>,
): Pick<NonNullable<Approval['verdict']>, 'edit'> {
  const { editedArguments: edited, editedDigest: digest } = row;
  if (edited === null || digest === null) return {};
  return { edit: { arguments: edited, changes: changesBetween(row.arguments, edited), digest } };
}
