/** From a request of AuthZEN to a decision, and back to its answer. */
import { actorRef, requireActiveAgent, spokenFor, type AgentCaller } from '@/lib/auth/agents';
import {
  DomainError,
  type EvaluationRequest,
  type EvaluationResponse,
  type SubjectAnswer,
} from '@/lib/contracts';
import {
  decidedBefore,
  submitAction,
  type Decided,
  type KeyedRequest,
  type Remembered,
  whyNotRedeemable,
} from '@/lib/decide';
import { isUuid, newId, sql } from '@/lib/db';
import { decidedTaken, takenBy } from '@/lib/services/access-requests/take-approved';
import { subjectPolicyOf } from '@/lib/services/authzen/subject-policy';
import { answerApproved } from './approved-answer';
import { askedAction } from './asked-action';
import { answerOf } from './decision-answer';
import { agentOf, proposalOf } from './proposal';

/**
 * Decides one evaluation. An agent nobody knows gets a deny with its reason, not an error; a subject that is no agent gets what
 * the base policy says.
 *
 * @throws DomainError 403 `subject_mismatch` when an agent asks about anybody but itself
 */
export async function evaluate(
  caller: AgentCaller,
  request: EvaluationRequest,
  { requestId, keyed }: { requestId: string; keyed?: KeyedRequest | undefined },
): Promise<EvaluationResponse | SubjectAnswer> {
  const about = agentOf(request);
  const agentId = spokenFor(caller, about?.agentId ?? request.subject.id);
  if (about === undefined && caller.kind === 'agent')
    throw new DomainError(
      'forbidden',
      'subject_mismatch',
      'An agent asks about itself alone: the subject is of type "agent", or names it in "properties.act".',
    );
  if (about === undefined) return (await subjectPolicyOf(caller.workspaceId)).decide(request);
  if (!isUuid(agentId)) return unknownAgent(agentId);
  try {
    const proposal = proposalOf(caller, request, { ...about, requestId });
    const approved = await answerApproved(caller, request, { proposal, keyed });
    if (approved !== undefined) return approved;
    const decided = await submitAction(caller.workspaceId, {
      ...proposal,
      ...(keyed === undefined ? {} : { keyed: { key: keyed.key, sha256: keyed.sha256 } }),
    });
    return await answerOf(caller.workspaceId, decided);
  } catch (error) {
    if (error instanceof DomainError && error.kind === 'not_found') return unknownAgent(agentId);
    throw error;
  }
}

/**
 * The answer to a request that was decided before, equal to the first one, also its permit. One that allowed is given again
 * only while the permit can be redeemed: a client that asks again and looks at nothing else must not run past a kill switch.
 */
export async function answerAgain(
  caller: AgentCaller,
  request: EvaluationRequest,
  { known, now }: { known: Remembered; now: Date },
): Promise<EvaluationResponse> {
  await requireActiveAgent(caller);
  const { workspaceId } = caller;
  // Before keys were written with their effect, the answer itself was kept.
  const kept = () => (known.response as EvaluationResponse).context.id;
  const taken = takenBy(known);
  const decided =
    taken === undefined
      ? await decidedBefore(sql, workspaceId, known.decisionId ?? kept())
      : await decidedTaken(sql, workspaceId, taken);
  const ended =
    decided.outcome === 'allow'
      ? await whyNotRedeemable(
          {
            workspaceId,
            agentId: decided.agentId,
            decisionId: decided.id,
            actor: actorRef(caller),
            ...askedAction(request),
            now: now.getTime(),
          },
          { taken: taken !== undefined },
        )
      : undefined;
  return answerOf(workspaceId, ended === undefined ? decided : noLonger(decided, ended));
}

/** What was allowed then and is not now. */
function noLonger(decided: Decided, { code, message }: DomainError): Decided {
  const reason = {
    code: `repeat.${code}`,
    text: `This was allowed when it was first asked. ${message}`,
    remedy: 'Ask again with a new Idempotency-Key.',
  };
  return { ...decided, outcome: 'deny', reasons: [reason], permit: undefined };
}

const unknownAgent = (id: string) =>
  undecidable('agent.unknown', `There is no agent "${id.slice(0, 64)}" in this workspace.`);

/** Nothing was decided, so nothing is allowed: the narrow answer, with the trust of somebody unknown. */
function undecidable(code: string, text: string): EvaluationResponse {
  const unknown = { score: 0, coverage: 0, freshAt: null, alarm: false };
  return {
    decision: false,
    context: {
      id: newId(),
      outcome: 'deny',
      reasons: [
        {
          code,
          text,
          remedy: 'Register the agent, and ask with its id as subject of type "agent".',
        },
      ],
      trust: {
        score: 0,
        rung: 1,
        layers: { identity: unknown, behavior: unknown, context: unknown, outcome: unknown },
      },
    },
  };
}
