/** Who asks for a token: whoever signed the assertion in the form, or the request itself. */
import {
  AssertionRefused,
  isSigned,
  noteKeyUse,
  verifyClientAssertion,
  verifySignedRequest,
  type SignedIn,
} from '@/lib/auth/agents';
import { DomainError } from '@/lib/contracts';
import { endReverification } from '@/lib/decide';
import { isExternal, verifyExternal } from '@/lib/services/agents/external/verify';
import { noteRefusal } from './refusals';

export interface ClientFields {
  readonly client_assertion?: string | undefined;
  readonly client_assertion_type?: string | undefined;
  readonly client_id?: string | undefined;
}

/** What a token request was sent with. */
export interface Asking {
  readonly request: Request;
  /** The body as it came. */
  readonly text: string;
  readonly now: Date;
}

/**
 * The agent that asks.
 *
 * @returns undefined when the request does not say who it is
 * @throws DomainError 401, each refusal with a code of its own
 */
async function clientOf(
  fields: ClientFields,
  { request, text, now }: Asking,
): Promise<SignedIn | undefined> {
  const at = now.getTime();
  const { client_assertion: assertion, client_id: named } = fields;
  if (assertion === undefined && !isSigned(request)) return undefined;
  const client = await (
    assertion === undefined
      ? verifySignedRequest(request, () => Promise.resolve(text), at)
      : verifyAssertion(assertion, named, at)
  ).catch(async (error: unknown) => {
    if (error instanceof AssertionRefused) await noteRefusal(error, at);
    throw error;
  });
  if (named !== undefined && named !== client.actor.agentId)
    throw new DomainError(
      'unauthenticated',
      'client_mismatch',
      'The "client_id" is another agent than the one that signed.',
      { oauthError: 'invalid_client' },
    );
  await entered(client, at);
  return client;
}

/** An assertion of the agent's own, or one of an issuer that its workspace believes. */
export function verifyAssertion(
  assertion: string,
  clientId: string | undefined,
  now: number,
): Promise<SignedIn> {
  if (!isExternal(assertion)) return verifyClientAssertion(assertion, now);
  if (clientId !== undefined) return verifyExternal(assertion, { agentId: clientId }, now);
  throw new AssertionRefused(
    'client_id_missing',
    'With a token of an issuer, say which agent signs in: send its id as "client_id".',
  );
}

/** What follows from a sign-in that holds. */
export async function entered(client: SignedIn, now: number): Promise<void> {
  const { workspaceId, agentId } = client.actor;
  await noteKeyUse(client, now);
  await endReverification(workspaceId, agentId, now);
}

/** @throws DomainError 401 `client_required` */
export async function requireClient(fields: ClientFields, asking: Asking): Promise<SignedIn> {
  const client = await clientOf(fields, asking);
  if (client !== undefined) return client;
  throw new DomainError(
    'unauthenticated',
    'client_required',
    'Say who asks: with a client_assertion signed with the agent’s key (RFC 7523), or with a signature over the request (RFC 9421).',
    { oauthError: 'invalid_client' },
  );
}
