/** The short-lived token an agent calls with, and the one it passes a task on with. */
import {
  decodeJwt,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  SignJWT,
  type JWTPayload,
} from 'jose';
import { AGENT_TOKEN_SECONDS, DomainError } from '@/lib/contracts';
import { newId } from '@/lib/db';
import type { AgentActor } from '../actor';
import { chainClaims, chainOfClaims } from './chain-claims';
import { refuseKeyInToken } from './foreign-keys';
import { exchangeAudience, issuer, ownAudiences, servedAudiences } from './issuer';
import { signingKey } from './signing-keys';

const TYPE = 'at+jwt';
/** Verified tokens kept, so that a busy agent's signature is checked once, not at every call. */
const MAX_KEPT = 10_000;
const verified = new Map<string, VerifiedToken>();

export interface VerifiedToken {
  readonly actor: AgentActor;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** The one agent that may act with it; absent: whoever is handed it. */
  readonly mayAct?: string;
  /** The one address of Belay that it is good at; absent: all of them. */
  readonly boundTo?: string;
}

interface TokenOptions {
  /** Where it is good; everywhere at this Belay when absent. */
  readonly audience?: string | undefined;
  /** It ends no later than this; milliseconds since the epoch. */
  readonly until?: number | undefined;
  /** The agent a task is passed on to: then it is good for nothing but its exchange. */
  readonly mayAct?: string | undefined;
}

export interface IssuedToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

/** @param now milliseconds since the epoch */
export async function issueToken(
  agent: AgentActor,
  now: number,
  { audience = issuer(), until = Infinity, mayAct }: TokenOptions = {},
): Promise<IssuedToken> {
  const { kid, privateKey } = await signingKey();
  const seconds = Math.floor(now / 1000);
  const end = Math.min(seconds + AGENT_TOKEN_SECONDS, Math.floor(until / 1000));
  const { sub, ...chain } = chainClaims(agent);
  const token = await new SignJWT({
    workspace: agent.workspaceId,
    ...chain,
    ...(agent.scope === undefined ? {} : { scope: agent.scope.join(' ') }),
    ...(mayAct === undefined ? {} : { may_act: { sub: mayAct } }),
  })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: TYPE })
    .setIssuer(issuer())
    .setAudience(mayAct === undefined ? audience : exchangeAudience())
    .setSubject(sub)
    .setJti(newId(now))
    .setIssuedAt(seconds)
    .setExpirationTime(end)
    .sign(privateKey);
  return { token, expiresInSeconds: Math.max(0, end - seconds) };
}

/** An agent's own token. @param now milliseconds since the epoch */
export const issueAgentToken = async (agent: AgentActor, now: number): Promise<string> =>
  (await issueToken(agent, now)).token;

/**
 * Who an agent token stands for. That the agent still exists and is active is for the caller to check.
 *
 * @throws DomainError 401 `token_expired`, `invalid_token`, `wrong_algorithm`, `wrong_audience`, `key_in_token`
 */
export async function verifyAgentToken(token: string, now: number): Promise<AgentActor> {
  const kept = verified.get(token);
  if (kept !== undefined && kept.expiresAt > now) return kept.actor;
  verified.delete(token);
  const found = await verify(token, now, servedAudiences());
  keep(token, found);
  return found.actor;
}

/**
 * The same for a token that is exchanged: also one that is good for nothing else.
 *
 * @throws DomainError 401 as `verifyAgentToken`
 */
export const verifyForExchange = (token: string, now: number): Promise<VerifiedToken> =>
  verify(token, now, [...ownAudiences(), exchangeAudience()]);

async function verify(
  token: string,
  now: number,
  audience: readonly string[],
): Promise<VerifiedToken> {
  const { publicKey } = await signingKey();
  refuseKeyInToken(headerOf(token));
  const { payload } = await jwtVerify(token, publicKey, {
    algorithms: ['EdDSA'],
    issuer: issuer(),
    audience: [...audience],
    typ: TYPE,
    currentDate: new Date(now),
    requiredClaims: ['sub', 'exp', 'workspace'],
  }).catch((error: unknown) => {
    throw refused(error);
  });
  const actor = actorOf(payload);
  if (actor === undefined) throw invalid();
  const mayAct = (payload['may_act'] as { sub?: unknown } | undefined)?.sub;
  const boundTo = ownAudiences().find((own) => own === payload.aud && own !== issuer());
  return {
    actor,
    expiresAt: Number(payload.exp) * 1000,
    ...(typeof mayAct === 'string' ? { mayAct } : {}),
    ...(boundTo === undefined ? {} : { boundTo }),
  };
}

/** Whether a token says that it is of Belay; that it is, only `verifyForExchange` knows. */
export function isOwnToken(token: string): boolean {
  try {
    return decodeJwt(token).iss === issuer();
  } catch {
    return false;
  }
}

function headerOf(token: string): object {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw invalid();
  }
}

function actorOf(payload: JWTPayload): AgentActor | undefined {
  const chain = chainOfClaims(payload);
  if (chain === undefined) return undefined;
  const { scope } = payload as { scope?: unknown };
  return {
    kind: 'agent',
    workspaceId: String(payload['workspace']),
    ...chain,
    ...(typeof scope === 'string' ? { scope: scope.split(' ') } : {}),
  };
}

function keep(token: string, found: VerifiedToken): void {
  if (verified.size >= MAX_KEPT) {
    const oldest = verified.keys().next().value;
    if (oldest !== undefined) verified.delete(oldest);
  }
  verified.set(token, found);
}

function refused(error: unknown): DomainError {
  if (error instanceof errors.JWTExpired)
    return unauthenticated(
      'token_expired',
      'The agent token has expired. Get a new one at /oauth/token.',
    );
  if (error instanceof errors.JOSEAlgNotAllowed)
    return unauthenticated(
      'wrong_algorithm',
      'Belay signs its tokens with Ed25519 and nothing else.',
    );
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud')
    return unauthenticated('wrong_audience', 'This token is for another audience.');
  return invalid();
}

const unauthenticated = (code: string, message: string) =>
  new DomainError('unauthenticated', code, message);
const invalid = () =>
  unauthenticated(
    'invalid_token',
    'The agent token is not one that Belay issued for this address.',
  );
