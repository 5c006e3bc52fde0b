/** The short-lived token an agent calls with. */
import { errors, jwtVerify, SignJWT } from 'jose';
import { AGENT_TOKEN_SECONDS, DomainError } from '@/lib/contracts';
import { newId } from '@/lib/db';
import type { AgentActor } from '../actor';
import { issuer } from './issuer';
import { signingKey } from './signing-keys';

const TYPE = 'at+jwt';
/** Verified tokens kept, so that a busy agent's signature is checked once, not at every call. */
const MAX_KEPT = 10_000;
const verified = new Map<string, { readonly actor: AgentActor; readonly expiresAt: number }>();

/** @param now milliseconds since the epoch */
export async function issueAgentToken(agent: AgentActor, now: number): Promise<string> {
  const { kid, privateKey } = await signingKey();
  const seconds = Math.floor(now / 1000);
  return new SignJWT({ workspace: agent.workspaceId })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: TYPE })
    .setIssuer(issuer())
    .setAudience(issuer())
    .setSubject(agent.agentId)
    .setJti(newId(now))
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + AGENT_TOKEN_SECONDS)
    .sign(privateKey);
}

/**
 * Who an agent token stands for. That the agent still exists and is active is for the caller to check.
 *
 * @throws DomainError 401 `token_expired`, `invalid_token`
 */
export async function verifyAgentToken(token: string, now: number): Promise<AgentActor> {
  const kept = verified.get(token);
  if (kept !== undefined && kept.expiresAt > now) return kept.actor;
  verified.delete(token);
  const { publicKey } = await signingKey();
  const { payload } = await jwtVerify(token, publicKey, {
    algorithms: ['EdDSA'],
    issuer: issuer(),
    audience: issuer(),
    typ: TYPE,
    currentDate: new Date(now),
    requiredClaims: ['sub', 'exp', 'workspace'],
  }).catch((error: unknown) => {
    throw refused(error);
  });
  const actor: AgentActor = {
    kind: 'agent',
    agentId: String(payload.sub),
    workspaceId: String(payload['workspace']),
  };
  keep(token, actor, Number(payload.exp) * 1000);
  return actor;
}

function keep(token: string, actor: AgentActor, expiresAt: number): void {
  if (verified.size >= MAX_KEPT) {
    const oldest = verified.keys().next().value;
    if (oldest !== undefined) verified.delete(oldest);
  }
  verified.set(token, { actor, expiresAt });
}

function refused(error: unknown): DomainError {
  if (error instanceof errors.JWTExpired) {
    return new DomainError(
      'unauthenticated',
      'token_expired',
      'The agent token has expired. Get a new one at /oauth/token.',
    );
  }
  return new DomainError(
    'unauthenticated',
    'invalid_token',
    'The agent token is not one that Belay issued for this address.',
  );
}
