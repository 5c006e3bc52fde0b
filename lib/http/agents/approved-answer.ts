/** An evaluation that names the approval of its action (the access request profile of AuthZEN): the approval runs it once. */
import { requireActiveAgent, type AgentCaller } from '@/lib/auth/agents';
import type { EvaluationRequest, EvaluationResponse } from '@/lib/contracts';
import { askBasePolicy, decidedBefore, type KeyedRequest, type Proposal } from '@/lib/decide';
import { isUuid, sql } from '@/lib/db';
import { readApproved } from '@/lib/services/access-requests/read-approved';
import { decidedTaken, takeApproved } from '@/lib/services/access-requests/take-approved';
import { answerOf } from './decision-answer';

/**
 * The answer to an action that is asked again with its approval: it spends the permit of the approval, while that can be redeemed,
 * and waits on while the approval does. An approval that is not of exactly this action and agent, or is spent, says nothing, and the
 * action is decided as if it had not been named.
 *
 * @param keyed spends nothing more when it comes again
 * @returns undefined when the action is to be decided
 * @throws DomainError 409 `in_progress` while the first request with this key is at work
 */
export async function answerApproved(
  caller: AgentCaller,
  request: EvaluationRequest,
  { proposal, keyed }: { proposal: Proposal; keyed: KeyedRequest | undefined },
): Promise<EvaluationResponse | undefined> {
  const named = approvalNamed(request.context?.approval);
  if (named === undefined) return undefined;
  await requireActiveAgent(caller);
  const { workspaceId } = caller;
  const found = await readApproved(workspaceId, named, proposal);
  if (found === undefined) return undefined;
  const { decisionId } = found;
  if (found.state === 'pending')
    return answerOf(workspaceId, await decidedBefore(sql, workspaceId, decisionId));
  const base = await askBasePolicy(workspaceId, proposal);
  if (base !== undefined && base.outcome !== 'allow') return undefined;
  const { agentId, actor, tool, arguments: given, resource } = proposal;
  const action = { tool, arguments: given, resource };
  const redemption = { workspaceId, agentId, decisionId, actor, ...action, now: Date.now() };
  if (!(await takeApproved(redemption, keyed))) return undefined;
  return answerOf(workspaceId, await decidedTaken(sql, workspaceId, decisionId));
}

function approvalNamed(approval: unknown): string | undefined {
  if (typeof approval !== 'object' || approval === null) return undefined;
  const { id } = approval as { id?: unknown };
  return typeof id === 'string' && isUuid(id) ? id : undefined;
}
