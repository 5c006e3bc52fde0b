/** Who calls an agent-facing endpoint: an agent with its token, or a gateway that speaks for the agents of its workspace. */
import { DomainError } from '@/lib/contracts';
import { actorRef, type AgentActor, type KeyActor } from '../actor';
import { apiKeyOf, findApiKey } from '../api-key';
import { requirePermission } from '../permissions';
import { verifyAgentToken } from './agent-token';
import { isSigned, verifySignedRequest, type BodyReader } from './signed-request';
import { requireInForce } from './standing-of-callers';

export type AgentCaller = AgentActor | KeyActor;

/** @throws DomainError 401 without valid credentials, 403 for a key that may not speak for agents */
export async function agentCaller(request: Request, body: BodyReader): Promise<AgentCaller> {
  const caller = await anyProgram(request, body);
  if (caller.kind === 'key') requirePermission(caller, 'agents.speak');
  return caller;
}

/**
 * An agent, or any API key: what the key may do is for the service to check. An agent shows its token or signs the request; of
 * both, the token counts.
 */
export async function anyProgram(request: Request, body: BodyReader): Promise<AgentCaller> {
  const authorization = request.headers.get('authorization');
  const key = apiKeyOf(authorization);
  if (key !== undefined) {
    const found = await findApiKey(key, new Date());
    if (found === undefined)
      throw new DomainError(
        'unauthenticated',
        'invalid_key',
        'This API key is unknown, revoked or expired.',
      );
    return found.actor;
  }
  if (authorization === null && isSigned(request))
    return (await verifySignedRequest(request, body, Date.now())).actor;
  const token = /^Bearer\s+(\S+)$/i.exec((authorization ?? '').trim())?.[1];
  if (token === undefined) {
    throw new DomainError(
      'unauthenticated',
      'token_missing',
      'Send the agent token as "Authorization: Bearer <token>", or sign the request (RFC 9421).',
    );
  }
  return verifyAgentToken(token, Date.now());
}

/**
 * The agent the call is about. An agent may only speak for itself.
 *
 * @throws DomainError 403 `subject_mismatch`
 */
export function spokenFor(caller: AgentCaller, agentId: string): string {
  if (caller.kind === 'agent' && caller.agentId !== agentId) {
    throw new DomainError(
      'forbidden',
      'subject_mismatch',
      'The token belongs to another agent than the one the request names.',
    );
  }
  return agentId;
}

/** The caller's own agent id; a gateway may touch every agent of its workspace. */
export const ownAgent = (caller: AgentCaller): string | undefined =>
  caller.kind === 'agent' ? caller.agentId : undefined;

/**
 * For calls that the decision path does not check anyway: see `requireInForce`.
 *
 * @throws DomainError 401 `agent_revoked`, `credential_revoked`, `chain_broken`
 */
export async function requireActiveAgent(caller: AgentCaller): Promise<void> {
  if (caller.kind === 'agent') await requireInForce(caller);
}

export { actorRef };
