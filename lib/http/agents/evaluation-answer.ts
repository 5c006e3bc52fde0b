/** From a request of AuthZEN to a decision, and back to its answer. */
import { actorRef, issuer, signPermit, spokenFor, type AgentCaller } from '@/lib/auth/agents';
import {
  DomainError,
  type EvaluationRequest,
  type EvaluationResponse,
  type Reason,
} from '@/lib/contracts';
import {
  decidedBefore,
  delegatorsOf,
  depthOf,
  submitAction,
  type Decided,
  type KeyedRequest,
  type Remembered,
  whyNotRedeemable,
} from '@/lib/decide';
import { isUuid, newId, sql } from '@/lib/db';
import { askedAction } from './asked-action';

/** Decides one evaluation. An agent nobody knows and a subject that is no agent get a deny with its reason, not an error. */
export async function evaluate(
  caller: AgentCaller,
  request: EvaluationRequest,
  { requestId, keyed }: { requestId: string; keyed?: KeyedRequest | undefined },
): Promise<EvaluationResponse> {
  const { subject, context } = request;
  if (subject.type !== 'agent')
    return undecidable(
      'subject.not_an_agent',
      `Belay decides for agents, not for a "${subject.type}".`,
    );
  const agentId = spokenFor(caller, subject.id);
  if (!isUuid(agentId)) return unknownAgent(agentId);
  try {
    const decided = await submitAction(caller.workspaceId, {
      requestId,
      agentId,
      actor: actorRef(caller),
      ...askedAction(request),
      sessionId: context?.session,
      endUser: context?.endUser,
      caseId: context?.case,
      delegationDepth: depthOf(context ?? {}),
      delegators: delegatorsOf(context ?? {}),
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

async function answerOf(workspaceId: string, decided: Decided): Promise<EvaluationResponse> {
  const { id, agentId, outcome, reasons, trust, digest, approval, permit } = decided;
  const { cacheableSeconds: cacheableFor } = decided;
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
      ...(permit === undefined
        ? {}
        : {
            permit: await signPermit({
              permitId: permit.id,
              decisionId: id,
              agentId,
              digest,
              expiresAt: permit.expiresAt,
            }),
          }),
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
