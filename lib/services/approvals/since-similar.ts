import type { ApprovalDetail, Decision } from '@/lib/contracts';
import { sql } from '@/lib/db';
import {
  DECISION_COLUMNS,
  DECISION_TABLES,
  serializeDecision,
  type DecisionRow,
} from '@/lib/services/decisions/serialize';
import type { ApprovalRow } from './approval-rows';
import { valueChanges, type ComparedCall } from './value-changes';

/** States a call is in once a person has approved it or its permit was used. */
const APPROVED: readonly Decision['state'][] = ['approved', 'redeemed'];

/**
 * What is different from the agent's last call of the same tool that a person approved or that was executed, whatever came of it.
 * The caller has checked who asks.
 *
 * @param newest the newest calls of the agent and the tool before this one, newest first
 */
export async function sinceSimilar(
  workspaceId: string,
  approval: ApprovalRow,
  newest: readonly Decision[],
  now: Date,
): Promise<ApprovalDetail['sinceSimilar']> {
  const similar =
    newest.find(isCarriedOut) ?? (await selectSimilar(workspaceId, approval, newest.at(-1), now));
  if (similar === undefined) return null;
  const { id, sessionId, outcome, state, executionStatus, decidedAt } = similar;
  const was = await selectCall(workspaceId, id);
  if (was === undefined) return null;
  return {
    decision: { id, sessionId, outcome, state, executionStatus, decidedAt },
    ...valueChanges(was, approval),
  };
}

/** A call with all an agent said of its resource, which lists leave out. */
async function selectCall(workspaceId: string, id: string): Promise<ComparedCall | undefined> {
  const [row] = await sql<ComparedCall>(
    'SELECT arguments, resource FROM decisions WHERE workspace_id = $1 AND id = $2',
    [workspaceId, id],
  );
  return row;
}

/** What was denied was not, whatever the agent says of it. */
function isCarriedOut({ outcome, state, executionStatus }: Decision): boolean {
  return outcome !== 'deny' && (executionStatus !== null || APPROVED.includes(state));
}

/** Looks further back than the calls that are known already; there is nothing further when there are none. */
async function selectSimilar(
  workspaceId: string,
  { agentId, tool }: ApprovalRow,
  oldestKnown: Decision | undefined,
  now: Date,
): Promise<Decision | undefined> {
  if (oldestKnown === undefined) return undefined;
  const [row] = await sql<DecisionRow>(
    `SELECT ${DECISION_COLUMNS} FROM ${DECISION_TABLES}
     WHERE d.workspace_id = $1 AND d.agent_id = $2 AND d.tool = $3 AND d.id < $4 AND NOT d.seeded AND d.outcome <> 'deny'
       AND (d.execution_status IS NOT NULL OR d.state = ANY($5::text[])) ORDER BY d.id DESC LIMIT 1`,
    [workspaceId, agentId, tool, oldestKnown.id, APPROVED],
  );
  return row === undefined ? undefined : serializeDecision(row, now);
}
