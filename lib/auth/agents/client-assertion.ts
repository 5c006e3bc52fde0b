/** `private_key_jwt` (RFC 7523): an agent proves that it holds its key. Every way to fail is told apart, and noted as evidence. */
import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import { DomainError, MAX_ASSERTION_SECONDS } from '@/lib/contracts';
import { isUuid } from '@/lib/db';
import type { AgentActor } from '../actor';
import {
  findAgentWithKeys,
  signedInWith,
  signerOf,
  type AgentKey,
  type KnownAgent,
  type SignedIn,
} from './agent-keys-of';
import { keyInToken, keyNamedBy } from './foreign-keys';
import { acceptedAudiences } from './issuer';
import { spendOnce } from './used-once';

/** Clocks of agents may differ from ours by this much, in seconds. */
const CLOCK_SKEW_SECONDS = 30;

/** A refusal, and the signal it is about an agent we know. */
export class AssertionRefused extends DomainError {
  constructor(
    code: string,
    message: string,
    readonly agent?: AgentActor,
    readonly signal?: string,
  ) {
    super('unauthenticated', code, message, { oauthError: 'invalid_client' });
  }
}

/**
 * Checks an assertion from its form to its single use.
 *
 * @param now milliseconds since the epoch
 * @throws AssertionRefused `malformed_assertion`, `wrong_algorithm`, `issuer_mismatch`, `key_in_token`, `act_in_assertion`,
 *   `unknown_agent`, `agent_revoked`, `bad_signature`, `key_revoked`, `key_expired`, `assertion_expired`, `assertion_not_yet_valid`, `assertion_too_long`, `wrong_audience`, `jti_missing`,
 *   `replayed_assertion`
 */
export async function verifyClientAssertion(assertion: string, now: number): Promise<SignedIn> {
  const { claims, kid } = readAssertion(assertion);
  const known = await findAgent(claims, now);
  const { agentId, workspaceId } = known;
  const agent: AgentActor = { kind: 'agent', agentId, workspaceId };
  const key = await requireSignature(assertion, known, agent, kid);
  requireTimes(claims, agent, now);
  requireAudience(claims, agent);
  await useOnce(claims, agent);
  return signedInWith(known, key);
}

function readAssertion(assertion: string): { claims: JWTPayload; kid: string | undefined } {
  const { claims, header } = decode(assertion);
  if (header.alg !== 'EdDSA' && header.alg !== 'Ed25519') {
    throw new AssertionRefused(
      'wrong_algorithm',
      `The assertion is signed with "${header.alg}"; only EdDSA with Ed25519 is accepted.`,
    );
  }
  const brought = keyNamedBy(header);
  if (brought !== undefined) throw new AssertionRefused(...keyInToken(brought));
  if (Object.hasOwn(claims, 'act'))
    throw new AssertionRefused(
      'act_in_assertion',
      'An assertion speaks for its agent alone: who acts for whom, only Belay says, by token exchange.',
    );
  if (typeof claims.sub !== 'string' || claims.iss !== claims.sub) {
    throw new AssertionRefused(
      'issuer_mismatch',
      'The claims "iss" and "sub" must both be the id of the agent.',
    );
  }
  return { claims, kid: header.kid };
}

function decode(assertion: string) {
  try {
    return { claims: decodeJwt(assertion), header: decodeProtectedHeader(assertion) };
  } catch {
    throw new AssertionRefused(
      'malformed_assertion',
      'The client assertion is not a signed JWT in compact form.',
    );
  }
}

async function findAgent(claims: JWTPayload, now: number): Promise<KnownAgent> {
  const id = String(claims.sub);
  const agent = isUuid(id) ? await findAgentWithKeys(id, now) : undefined;
  if (agent === undefined)
    throw new AssertionRefused(
      'unknown_agent',
      `There is no agent "${id.slice(0, 64)}". Register it first.`,
    );
  if (agent.status !== 'revoked') return agent;
  const { agentId, workspaceId } = agent;
  throw new AssertionRefused(
    'agent_revoked',
    'This agent has been revoked.',
    { kind: 'agent', agentId, workspaceId },
    'identity.auth_failed',
  );
}

async function requireSignature(
  assertion: string,
  { keys }: KnownAgent,
  agent: AgentActor,
  kid: string | undefined,
): Promise<AgentKey> {
  const key = await signerOf(assertion, keys, kid);
  if (key?.state === 'in_force') return key;
  const [code, message, signal] = REFUSED_KEY[key?.state ?? 'unknown'];
  throw new AssertionRefused(code, message, agent, signal);
}

const REFUSED_KEY = {
  unknown: [
    'bad_signature',
    'The assertion is not signed with a key that is registered for this agent.',
    'identity.bad_signature',
  ],
  revoked: [
    'key_revoked',
    'The assertion is signed with a key of this agent that was revoked.',
    'identity.auth_failed',
  ],
  expired: [
    'key_expired',
    'The assertion is signed with a key of this agent that has expired. Give the agent a new one.',
    'identity.auth_failed',
  ],
} as const;

function requireTimes({ exp, iat, nbf }: JWTPayload, agent: AgentActor, now: number): void {
  const seconds = now / 1000;
  if (exp === undefined)
    throw new AssertionRefused('assertion_expired', 'The assertion has no "exp" claim.', agent);
  if (exp <= seconds - CLOCK_SKEW_SECONDS) {
    throw new AssertionRefused(
      'assertion_expired',
      `The assertion expired at ${new Date(exp * 1000).toISOString()}.`,
      agent,
      'identity.expired_assertion',
    );
  }
  const starts = Math.max(iat ?? 0, nbf ?? 0);
  if (starts > seconds + CLOCK_SKEW_SECONDS) {
    throw new AssertionRefused(
      'assertion_not_yet_valid',
      'The assertion is not valid yet: check the clock of the agent.',
      agent,
    );
  }
  if (
    exp - Math.max(iat ?? seconds, 0) > MAX_ASSERTION_SECONDS + CLOCK_SKEW_SECONDS ||
    exp > seconds + MAX_ASSERTION_SECONDS + CLOCK_SKEW_SECONDS
  ) {
    throw new AssertionRefused(
      'assertion_too_long',
      `An assertion may live for ${MAX_ASSERTION_SECONDS} seconds at most.`,
      agent,
    );
  }
}

function requireAudience({ aud }: JWTPayload, agent: AgentActor): void {
  const accepted = acceptedAudiences();
  const given = Array.isArray(aud) ? aud : [aud ?? ''];
  if (given.some((name) => accepted.has(name))) return;
  throw new AssertionRefused(
    'wrong_audience',
    'The claim "aud" must be the address of this Belay or of its token endpoint.',
    agent,
    'identity.wrong_audience',
  );
}

/** The jti is kept for as long as the assertion could still be shown. */
async function useOnce({ jti, exp }: JWTPayload, agent: AgentActor): Promise<void> {
  if (typeof jti !== 'string' || jti === '' || jti.length > 200 || jti.includes('\u0000')) {
    throw new AssertionRefused(
      'jti_missing',
      'The assertion needs a "jti" claim of 1 to 200 characters, never used before.',
      agent,
    );
  }
  if (await spendOnce(agent, jti, (exp ?? 0) * 1000)) return;
  throw new AssertionRefused(
    'replayed_assertion',
    'This assertion was used before. Make a new one, with a new "jti", for each token.',
    agent,
    'identity.replay',
  );
}
