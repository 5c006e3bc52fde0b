/** From a request of AuthZEN to a decision, and back to its answer. */
import {
  actorRef,
  issuer,
  requireActiveAgent,
  signPermit,
  spokenFor,
  type AgentCaller,
} from '@/lib/auth/agents';
import {
  DomainError,
  type EvaluationRequest,
  type EvaluationResponse,
  type Reason,
  type SubjectAnswer,
} from '@/lib/contracts';
import {
  askBasePolicy,
  decidedBefore,
  submitAction,
  type Decided,
  type KeyedRequest,
  type Remembered,
  whyNotRedeemable,
} from '@/lib/decide';
import { isUuid, newId, sql } from '@/lib/db';
import { readApproved } from '@/lib/services/access-requests/read-approved';
import { subjectPolicyOf } from '@/lib/services/authzen/subject-policy';
import { askedAction } from './asked-action';
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
    const approved = await answerApproved(caller, request, { ...about, requestId });
    if (approved !== undefined) return approved;
    const decided = await submitAction(caller.workspaceId, {
      ...proposalOf(caller, request, { ...about, requestId }),
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
  const decisionId = known.decisionId ?? (known.response as EvaluationResponse).context.id;
  const decided = await decidedBefore(sql, workspaceId, decisionId);
  const ended =
    decided.outcome === 'allow'
      ? await whyNotRedeemable({
          workspaceId,
          agentId: decided.agentId,
          decisionId: decided.id,
          actor: actorRef(caller),
          ...askedAction(request),
          now: now.getTime(),
        })
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

/**
 * The answer to an action that is asked again with its approval (the access request profile of AuthZEN): it runs under the permit
 * of the approval, while that can be redeemed, and waits on while the approval does. An approval that is not of exactly this action
 * and agent says nothing, and the action is decided as if it had not been named.
 *
 * @returns undefined when the action is to be decided
 */
async function answerApproved(
  caller: AgentCaller,
  request: EvaluationRequest,
  about: Parameters<typeof proposalOf>[2],
): Promise<EvaluationResponse | undefined> {
  const named = approvalNamed(request.context?.approval);
  if (named === undefined) return undefined;
  await requireActiveAgent(caller);
  const { workspaceId } = caller;
  const proposal = proposalOf(caller, request, about);
  const found = await readApproved(workspaceId, named, proposal);
  if (found === undefined) return undefined;
  const decided = await decidedBefore(sql, workspaceId, found.decisionId);
  if (found.state === 'pending') return answerOf(workspaceId, decided);
  const base = await askBasePolicy(workspaceId, proposal);
  if (base !== undefined && base.outcome !== 'allow') return undefined;
  const ended = await whyNotRedeemable({
    workspaceId,
    agentId: proposal.agentId,
    decisionId: found.decisionId,
    actor: proposal.actor,
    ...askedAction(request),
    now: Date.now(),
  });
  if (ended !== undefined) return undefined;
  const { permit, digest } = found;
  const answer = await answerOf(workspaceId, {
    ...decided,
    digest,
    outcome: 'allow',
    reasons: [APPROVED],
    permit,
  });
  const until = new Date(permit.expiresAt).toISOString();
  const { approval } = answer.context;
  return approval === undefined
    ? answer
    : {
        ...answer,
        context: { ...answer.context, approval: { ...approval, approved_until: until } },
      };
}

const APPROVED: Decided['reasons'][number] = {
  code: 'approval.approved',
  text: 'A person approved exactly this action.',
};

function approvalNamed(approval: unknown): string | undefined {
  if (typeof approval !== 'object' || approval === null) return undefined;
  const { id } = approval as { id?: unknown };
  return typeof id === 'string' && isUuid(id) ? id : undefined;
}

async function answerOf(workspaceId: string, decided: Decided): Promise<EvaluationResponse> {
  const { id, agentId, outcome, reasons, trust, digest, approval, permit } = decided;
  const { cacheableSeconds: cacheableFor, redeemedAt } = decided;
  return {
    decision: outcome === 'allow',
    context: {
      id,
      outcome,
      reasons: reasons.map((reason): Reason => ({
        ...reason,
        source: reason.source === undefined ? undefined : { ...reason.source },
      })),
      trust,
      ...(cacheableFor === undefined ? {} : { cacheableFor }),
      ...(approval === undefined
        ? {}
        : { approval: await approvalRef(workspaceId, approval.id, approval.expiresAt) }),
      ...(approval === undefined || outcome !== 'require_approval'
        ? {}
        : requestable(id, reasons[0]?.code ?? outcome, approval.expiresAt)),
      ...(redeemedAt === undefined ? {} : { redeemedAt: new Date(redeemedAt).toISOString() }),
      // A permit that is spent is no use to anybody.
      ...(permit === undefined || redeemedAt !== undefined
        ? {}
        : {
            permit: {
              ...(await signPermit({
                permitId: permit.id,
                decisionId: id,
                agentId,
                digest,
                expiresAt: permit.expiresAt,
              })),
              session: decided.sessionId,
              policyVersion: String(decided.policyVersion),
            },
          }),
    },
  };
}

/** How a program asks for the approval that waits already, in the words of the access request profile of AuthZEN. */
function requestable(id: string, reason: string, expiresAt: number) {
  return {
    evaluation_id: id,
    reason,
    access_request: {
      endpoint: `${issuer()}/access/v1/requests`,
      template: 'belay.approval',
      expires_at: new Date(expiresAt).toISOString(),
      display: {
        title: 'A person decides',
        description: 'This action may run once a person has approved exactly this.',
      },
    },
  };
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

const slugs = new Map<string, string>();

/** Where a person finds an approval, for an agent to pass on. */
export async function approvalRef(workspaceId: string, id: string, expiresAt: number) {
  const slug = slugs.get(workspaceId) ?? (await readSlug(workspaceId));
  slugs.set(workspaceId, slug);
  return {
    id,
    expiresAt: new Date(expiresAt).toISOString(),
    url: `${issuer()}/${slug}/approvals/${id}`,
  };
}

async function readSlug(workspaceId: string): Promise<string> {
  const [row] = await sql<{ slug: string }>('SELECT slug FROM workspaces WHERE id = $1', [
    workspaceId,
  ]);
  return row?.slug ?? workspaceId;
}
