/** The ways to get a token, one a grant type. */
import {
  AssertionRefused,
  isOwnToken,
  issueToken,
  ownAudiences,
  verifyForExchange,
  type IssuedToken,
  type SignedIn,
} from '@/lib/auth/agents';
import type { AgentActor } from '@/lib/auth';
import {
  DomainError,
  TOKEN_TYPES,
  type ClientCredentialsRequest,
  type JwtBearerRequest,
  type TokenExchangeRequest,
} from '@/lib/contracts';
import { passOn } from '@/lib/services/agents/pass-on';
import { isExternal, verifyExternal } from '@/lib/services/agents/external/verify';
import { entered, requireClient, verifyAssertion, type Asking } from './client';
import { noteRefusal } from './refusals';

export interface Granted extends IssuedToken {
  readonly scope?: readonly string[] | undefined;
  readonly issuedTokenType?: string;
}

/** An agent signs in, or makes a token by which another one may act for it. */
export async function clientCredentials(
  form: ClientCredentialsRequest,
  asking: Asking,
): Promise<Granted> {
  const client = await requireClient(form, asking);
  return ownToken(client, form.scope, asking.now, form.may_act);
}

/** @param mayAct the agent it is handed to */
async function ownToken(
  { actor, until }: SignedIn,
  scope: readonly string[] | undefined,
  now: Date,
  mayAct?: string,
): Promise<Granted> {
  const agent = scope === undefined ? actor : { ...actor, scope };
  const issued = await issueToken(agent, now.getTime(), { until: until ?? undefined, mayAct });
  return { ...issued, scope };
}

/** A token of an issuer is exchanged for one of the agent that its subject stands for (RFC 7523, section 2.1). */
export async function jwtBearer(
  { assertion, client_id, scope }: JwtBearerRequest,
  { now }: Asking,
): Promise<Granted> {
  const client = await verifyAssertion(assertion, client_id, now.getTime()).catch(
    async (error: unknown) => {
      if (error instanceof AssertionRefused) await noteRefusal(error, now.getTime());
      throw ofGrant(error);
    },
  );
  await entered(client, now.getTime());
  return ownToken(client, scope, now);
}

/** Who the subject token stands for, and how long it may be acted for. */
interface Subject {
  readonly actor: AgentActor;
  readonly until: number;
  readonly mayAct?: string | undefined;
  readonly boundTo?: string | undefined;
}

/** An agent acts for another one (RFC 8693). */
export async function tokenExchange(form: TokenExchangeRequest, asking: Asking): Promise<Granted> {
  const now = asking.now.getTime();
  const client = await requireClient(form, asking);
  const scope = await scopeOfActorToken(form, client, now);
  const subject = await subjectOf(form, client.actor.workspaceId, now);
  const actor = await passOn({
    actor: scope === undefined ? client.actor : { ...client.actor, scope },
    subject: subject.actor,
    mayAct: subject.mayAct,
    scope: form.scope,
  });
  const issued = await issueToken(actor, now, {
    audience: audienceOf(form, subject),
    until: Math.min(subject.until, client.until ?? Infinity),
  });
  return { ...issued, scope: actor.scope, issuedTokenType: TOKEN_TYPES.accessToken };
}

async function subjectOf(
  form: TokenExchangeRequest,
  workspaceId: string,
  now: number,
): Promise<Subject> {
  if (form.subject_token_type === TOKEN_TYPES.jwt && isForeign(form.subject_token)) {
    const found = await verifyExternal(form.subject_token, { workspaceId }, now).catch(
      (error: unknown) => {
        throw ofGrant(error);
      },
    );
    return { actor: found.actor, until: found.until ?? now };
  }
  const { actor, expiresAt, ...limits } = await verifyForExchange(form.subject_token, now).catch(
    (error: unknown) => {
      throw ofGrant(error);
    },
  );
  return { actor, until: expiresAt, ...limits };
}

/** Not one of ours. */
const isForeign = (token: string): boolean => isExternal(token) && !isOwnToken(token);

/** The actor is whoever asks: a token of its own says so once more, and one of somebody else is refused. */
async function scopeOfActorToken(
  { actor_token: token, actor_token_type: type }: TokenExchangeRequest,
  { actor: client }: SignedIn,
  now: number,
): Promise<readonly string[] | undefined> {
  if (token === undefined) return undefined;
  if (type === undefined)
    throw exchangeError(
      'malformed_body',
      'An actor_token needs its actor_token_type.',
      'invalid_request',
    );
  const { actor, mayAct } = await verifyForExchange(token, now).catch((error: unknown) => {
    throw ofGrant(error);
  });
  if (actor.agentId !== client.agentId || actor.workspaceId !== client.workspaceId)
    throw exchangeError(
      'actor_mismatch',
      'The actor token belongs to another agent than the one that asks.',
    );
  if (actor.chain !== undefined || mayAct !== undefined)
    throw exchangeError(
      'actor_token_delegated',
      'The actor token is one with which the agent acts for others; show one of its own.',
    );
  return actor.scope;
}

/**
 * Where the new token is good: at every address of Belay, or at the one that is asked for. A subject token that is good at one alone
 * gives no more.
 *
 * @throws DomainError 400 `unknown_audience`, `audience_too_wide`
 */
function audienceOf(
  { audience, resource }: TokenExchangeRequest,
  { boundTo }: Subject,
): string | undefined {
  const asked = audience ?? resource;
  if (asked === undefined) return boundTo;
  const found = ownAudiences().find((own) => own === asked.replace(/\/$/, ''));
  if (found !== undefined && boundTo !== undefined && found !== boundTo)
    throw exchangeError(
      'audience_too_wide',
      `The subject token is good at ${boundTo} alone.`,
      'invalid_target',
    );
  if (found !== undefined) return found;
  throw exchangeError(
    'unknown_audience',
    `Belay issues tokens for itself: ${ownAudiences().join(', ')}.`,
    'invalid_target',
  );
}

/** A token that is shown for an exchange and does not hold is a bad grant; who asks was proven before. */
function ofGrant(error: unknown): unknown {
  if (!(error instanceof DomainError) || error.kind !== 'unauthenticated') return error;
  return exchangeError(error.code, error.message);
}

const exchangeError = (
  code: string,
  message: string,
  oauthError: 'invalid_grant' | 'invalid_request' | 'invalid_target' = 'invalid_grant',
) => new DomainError('malformed', code, message, { oauthError });
