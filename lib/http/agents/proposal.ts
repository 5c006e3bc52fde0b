/** A request of AuthZEN as the action it is about, and who stands behind it. */
import { actorRef, issuer, type AgentCaller } from '@/lib/auth/agents';
import type { EvaluationRequest } from '@/lib/contracts';
import { behindCall, type Proposal } from '@/lib/decide';
import { isUuid } from '@/lib/db';
import { askedAction } from './asked-action';

/**
 * The agent a request is about. Either it is the subject, or it acts for the subject, which then is the end user, and stands in
 * `subject.properties.act` as `{sub, iss?}`, as the AuthZEN profiles write it.
 *
 * @returns undefined for a subject that is nobody's agent here: then the base policy alone decides
 */
export function agentOf({
  subject,
}: Pick<EvaluationRequest, 'subject'>): { agentId: string; endUser?: string } | undefined {
  if (subject.type === 'agent') return { agentId: subject.id };
  const { act } = subject.properties ?? {};
  if (typeof act !== 'object' || act === null || Array.isArray(act)) return undefined;
  const { sub, iss } = act;
  const ours = iss === undefined || iss === issuer();
  return ours && typeof sub === 'string' && isUuid(sub)
    ? { agentId: sub, endUser: subject.id }
    : undefined;
}

/** @throws DomainError those of `askedAction` */
export function proposalOf(
  caller: AgentCaller,
  request: EvaluationRequest,
  { agentId, endUser, requestId }: { agentId: string; endUser?: string; requestId: string },
): Proposal {
  const { context } = request;
  return {
    requestId,
    agentId,
    actor: actorRef(caller),
    ...askedAction(request),
    sessionId: context?.session,
    endUser: context?.endUser ?? endUser,
    caseId: context?.case,
    redeem: context?.redeem,
    ran: context?.cached,
    ...provenBy(caller, context ?? {}),
  };
}

/** What the caller's token proves of who stands behind the call, with what the call says itself. */
function provenBy(caller: AgentCaller, context: NonNullable<EvaluationRequest['context']>) {
  if (caller.kind === 'key') return behindCall(context);
  const { chain, credentials, scope } = caller;
  return { ...behindCall(context, chain), credentials, scope };
}
