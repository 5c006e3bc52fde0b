import { sql } from '@/lib/db';
import { stateAt, type Proposal } from '@/lib/decide';
import { actionDigest } from '@/lib/ledger';

interface Row {
  readonly decisionId: string;
  readonly state: 'pending' | 'approved' | 'rejected' | 'expired' | 'cancelled';
  readonly expiresAt: Date;
  /** Whoever decided can still take it back. */
  readonly undoable: boolean;
  /** Of what may run: where a reviewer changed the arguments, of the action with these. */
  readonly digest: string;
  readonly sessionId: string | null;
  /** Those who passed the action on. */
  readonly chain: readonly string[] | null;
  readonly policyVersion: number;
  /** It has a permit that nobody has used. */
  readonly permitted: boolean;
}

interface Found {
  readonly state: 'pending' | 'approved';
  readonly decisionId: string;
}

/**
 * An approval as far as it says anything about an action: it is of the same agent, session, tool, arguments and resource, it came
 * through the same agents with a token that has the tool, and it waits or has a permit that nobody has used.
 */
export async function readApproved(
  workspaceId: string,
  approvalId: string,
  proposal: Proposal,
): Promise<Found | undefined> {
  const [row] = await sql<Row>(
    `SELECT d.id AS "decisionId", a.state, EXISTS (SELECT 1 FROM due_verdicts due
         WHERE due.workspace_id = a.workspace_id AND due.approval_id = a.id) AS undoable, a.expires_at AS "expiresAt", coalesce(a.edited_digest, d.digest) AS digest,
       d.session_id AS "sessionId", d.asked_with->'chain' AS chain, d.policy_version AS "policyVersion",
       EXISTS (SELECT 1 FROM permits p WHERE p.workspace_id = d.workspace_id AND p.decision_id = d.id
         AND p.redeemed_at IS NULL AND p.cancelled_at IS NULL) AS permitted
     FROM approvals a JOIN decisions d ON d.workspace_id = a.workspace_id AND d.id = a.decision_id
     WHERE a.workspace_id = $1 AND a.id = $2 AND a.agent_id = $3`,
    [workspaceId, approvalId, proposal.agentId],
  );
  if (row === undefined || digestOf(proposal, row) !== row.digest) return undefined;
  const { chain = [], scope, tool } = proposal;
  if (JSON.stringify(chain) !== JSON.stringify(row.chain ?? [])) return undefined;
  if (scope?.includes(tool) === false) return undefined;
  const { decisionId, permitted } = row;
  const state = row.undoable ? 'pending' : stateAt(row.state, row.expiresAt, new Date());
  if (state === 'pending') return { state, decisionId };
  return state === 'approved' && permitted ? { state, decisionId } : undefined;
}

function digestOf(proposal: Proposal, { sessionId, policyVersion }: Row): string | undefined {
  const { tool, arguments: given, resource, agentId: agent } = proposal;
  // A session that is not named again is the one it was asked in.
  const session = proposal.sessionId ?? sessionId;
  if (session !== sessionId) return undefined;
  return actionDigest({
    tool,
    arguments: given,
    resource,
    agent,
    session,
    policyVersion: String(policyVersion),
  });
}
