/** `private_key_jwt` (RFC 7523): an agent proves that it holds its key. Every way to fail is told apart, and noted as evidence. */
import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK, type JWTPayload } from 'jose';
import { DomainError, MAX_ASSERTION_SECONDS, type PublicJwk } from '@/lib/contracts';
import { isUuid, sql } from '@/lib/db';
import type { AgentActor } from '../actor';
import { acceptedAudiences } from './issuer';

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

interface KnownAgent extends AgentActor {
  readonly status: string;
  readonly keys: readonly { readonly kid: string; readonly public_jwk: PublicJwk }[];
}

/**
 * Checks an assertion from its form to its single use.
 *
 * @param now milliseconds since the epoch
 * @throws AssertionRefused `malformed_assertion`, `wrong_algorithm`, `issuer_mismatch`, `unknown_agent`, `agent_revoked`,
 *   `bad_signature`, `assertion_expired`, `assertion_not_yet_valid`, `assertion_too_long`, `wrong_audience`, `jti_missing`,
 *   `replayed_assertion`
 */
export async function verifyClientAssertion(assertion: string, now: number): Promise<AgentActor> {
  const { claims, kid } = readAssertion(assertion);
  const agent = await findAgent(claims);
  await requireSignature(assertion, agent, kid);
  requireTimes(claims, agent, now);
  requireAudience(claims, agent);
  await useOnce(claims, agent);
  return { kind: 'agent', agentId: agent.agentId, workspaceId: agent.workspaceId };
}

function readAssertion(assertion: string): { claims: JWTPayload; kid: string | undefined } {
  const { claims, header } = decode(assertion);
  if (header.alg !== 'EdDSA' && header.alg !== 'Ed25519') {
    throw new AssertionRefused(
      'wrong_algorithm',
      `The assertion is signed with "${header.alg}"; only EdDSA with Ed25519 is accepted.`,
    );
  }
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

async function findAgent(claims: JWTPayload): Promise<KnownAgent> {
  const id = String(claims.sub);
  const rows = isUuid(id)
    ? await sql<{
        workspace_id: string;
        status: string;
        kid: string | null;
        public_jwk: PublicJwk;
      }>(
        `SELECT a.workspace_id, a.status, k.kid, k.public_jwk FROM agents a
         LEFT JOIN agent_keys k ON k.workspace_id = a.workspace_id AND k.agent_id = a.id
           AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
         WHERE a.id = $1`,
        [id],
      )
    : [];
  const [first] = rows;
  if (first === undefined)
    throw new AssertionRefused(
      'unknown_agent',
      `There is no agent "${id.slice(0, 64)}". Register it first.`,
    );
  const agent: AgentActor = { kind: 'agent', agentId: id, workspaceId: first.workspace_id };
  if (first.status === 'revoked')
    throw new AssertionRefused(
      'agent_revoked',
      'This agent has been revoked.',
      agent,
      'identity.auth_failed',
    );
  const keys = rows.flatMap(({ kid, public_jwk }) => (kid === null ? [] : [{ kid, public_jwk }]));
  return { ...agent, status: first.status, keys };
}

async function requireSignature(
  assertion: string,
  agent: KnownAgent,
  kid: string | undefined,
): Promise<void> {
  const candidates = agent.keys.filter(
    (key) => kid === undefined || key.kid === kid || key.public_jwk.kid === kid,
  );
  for (const { public_jwk: jwk } of candidates.length > 0 ? candidates : agent.keys) {
    const key = await importJWK({ kty: jwk.kty, crv: jwk.crv, x: jwk.x }, 'EdDSA');
    const verified = await compactVerify(assertion, key, {
      algorithms: ['EdDSA', 'Ed25519'],
    }).catch(() => undefined);
    if (verified !== undefined) return;
  }
  throw new AssertionRefused(
    'bad_signature',
    'The assertion is not signed with a key that is registered for this agent and in force.',
    agent,
    'identity.bad_signature',
  );
}

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
  const used = await sql(
    `INSERT INTO used_assertions (workspace_id, agent_id, jti, expires_at)
     VALUES ($1, $2, $3, to_timestamp($4::float8) + interval '2 minutes') ON CONFLICT DO NOTHING RETURNING 1`,
    [agent.workspaceId, agent.agentId, jti, exp ?? 0],
  );
  if (used.length > 0) return;
  throw new AssertionRefused(
    'replayed_assertion',
    'This assertion was used before. Make a new one, with a new "jti", for each token.',
    agent,
    'identity.replay',
  );
}
