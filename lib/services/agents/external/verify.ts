/** An identity from elsewhere (an OIDC issuer, a SPIFFE trust domain) that stands for an agent. */
import {
  decodeJwt,
  decodeProtectedHeader,
  errors,
  importJWK,
  jwtVerify,
  type JWTPayload,
} from 'jose';
import {
  acceptedAudiences,
  AssertionRefused,
  keyInToken,
  keyNamedBy,
  type SignedIn,
} from '@/lib/auth/agents';
import type { IssuerKeySet } from '@/lib/contracts';
import { isUuid, sql } from '@/lib/db';
import { keysAt } from './issuer-keys';

const CLOCK_SKEW_SECONDS = 30;
/** An identity that is good for longer than a day is none to rely on. */
const MAX_LIFE_SECONDS = 24 * 3_600;

/** Which agents a token may stand for: one by its id, or those of a workspace. */
export type Among = { readonly agentId: string } | { readonly workspaceId: string };

interface Identity {
  readonly workspace_id: string;
  readonly agent_id: string;
  readonly agent_status: string;
  readonly subject_id: string;
  readonly kind: 'oidc' | 'spiffe';
  readonly issuer: string;
  readonly jwks_url: string | null;
  readonly jwks: IssuerKeySet | null;
  readonly algorithms: readonly string[];
}

/** Whether an assertion is of an issuer, and not signed by an agent for itself. */
export function isExternal(token: string): boolean {
  try {
    const { iss, sub } = decodeJwt(token);
    return /^spiffe:\/\//.test(sub ?? '') || /^https?:\/\//.test(iss ?? '');
  } catch {
    return false;
  }
}

/**
 * @param now milliseconds since the epoch
 * @throws AssertionRefused 401 `malformed_assertion`, `key_in_token`, `act_in_assertion`, `unknown_identity`, `agent_revoked`,
 *   `wrong_algorithm`, `issuer_unreachable`, `unknown_key`, `bad_signature`, `assertion_expired`, `assertion_not_yet_valid`,
 *   `assertion_too_long`, `wrong_audience`
 */
export async function verifyExternal(token: string, among: Among, now: number): Promise<SignedIn> {
  const { header, claims } = read(token);
  const identity = await findIdentity(claims, among);
  if (identity.agent_status === 'revoked')
    throw refused('agent_revoked', 'The agent this identity stands for has been revoked.');
  if (!identity.algorithms.includes(header.alg ?? ''))
    throw refused(
      'wrong_algorithm',
      `The issuer is configured for ${identity.algorithms.join(', ')}, not for "${header.alg ?? ''}".`,
    );
  const payload = await verifyWith(identity, token, header, now);
  requireLife(payload, now);
  const { workspace_id: workspaceId, agent_id: agentId, subject_id } = identity;
  await sql(
    `UPDATE identity_subjects SET last_used_at = $3 WHERE workspace_id = $1 AND id = $2
       AND (last_used_at IS NULL OR last_used_at < $3::timestamptz - interval '1 minute')`,
    [workspaceId, subject_id, new Date(now)],
  );
  const credentials = { [agentId]: `subject:${subject_id}` };
  const until = Number(payload.exp) * 1000;
  return { actor: { kind: 'agent', agentId, workspaceId, credentials }, until };
}

interface Header {
  readonly alg?: string | undefined;
  readonly kid?: string | undefined;
}

function read(token: string): { header: Header; claims: JWTPayload } {
  const { header, claims } = decoded(token);
  const brought = keyNamedBy(header);
  if (brought !== undefined) throw refused(...keyInToken(brought));
  if (Object.hasOwn(claims, 'act'))
    throw refused(
      'act_in_assertion',
      'An identity from elsewhere stands for itself alone: who acts for whom, only Belay says.',
    );
  return { header, claims };
}

function decoded(token: string) {
  try {
    return { header: decodeProtectedHeader(token), claims: decodeJwt(token) };
  } catch {
    throw refused('malformed_assertion', 'The token is not a signed JWT in compact form.');
  }
}

/** A SPIFFE id says its trust domain itself; everybody else has an issuer. */
function issuerOf({ iss, sub }: JWTPayload): string {
  const domain = /^spiffe:\/\/[^/]+/.exec(sub ?? '')?.[0];
  return domain ?? iss ?? '';
}

async function findIdentity(claims: JWTPayload, among: Among): Promise<Identity> {
  const [column, value] =
    'agentId' in among ? ['s.agent_id', among.agentId] : ['s.workspace_id', among.workspaceId];
  const rows = isUuid(value)
    ? await sql<Identity>(
        `SELECT s.workspace_id, s.agent_id, a.status AS agent_status, s.id AS subject_id, i.kind, i.issuer, i.jwks_url, i.jwks,
           i.algorithms
         FROM identity_subjects s JOIN identity_issuers i ON i.workspace_id = s.workspace_id AND i.id = s.issuer_id
         JOIN agents a ON a.workspace_id = s.workspace_id AND a.id = s.agent_id
         WHERE i.issuer = $1 AND s.subject = $2 AND ${column} = $3 LIMIT 1`,
        [issuerOf(claims), String(claims.sub), value],
      )
    : [];
  const [identity] = rows;
  if (identity !== undefined) return identity;
  throw refused(
    'unknown_identity',
    'No issuer is configured for this token, or its subject stands for no agent.',
  );
}

async function verifyWith(
  identity: Identity,
  token: string,
  header: Header,
  now: number,
): Promise<JWTPayload> {
  const kept = await keysOf(identity, now);
  const candidates = candidatesIn(kept, header);
  if (candidates.length > 0 || identity.jwks_url === null)
    return verifyAmong(candidates, identity, token, now);
  const newer = await keysOf(identity, now, true);
  return verifyAmong(candidatesIn(newer, header), identity, token, now);
}

/** A dead issuer refuses: nothing is believed on the word of keys that nobody could ask for. */
async function keysOf(
  { workspace_id: workspaceId, jwks, jwks_url: url }: Identity,
  now: number,
  newer = false,
): Promise<IssuerKeySet> {
  const keys =
    url === null ? (jwks ?? undefined) : await keysAt({ workspaceId, url }, now, { newer });
  if (keys !== undefined) return keys;
  throw refused(
    'issuer_unreachable',
    'The issuer’s keys cannot be fetched, so its tokens do not count.',
  );
}

const KEY_TYPES: Readonly<Record<string, string>> = { R: 'RSA', P: 'RSA', E: 'EC' };

/** Keys for the algorithm, and the one named where one is named. */
function candidatesIn({ keys }: IssuerKeySet, { alg = '', kid }: Header): IssuerKeySet['keys'] {
  const kty = alg === 'EdDSA' ? 'OKP' : KEY_TYPES[alg.charAt(0)];
  return keys.filter(
    (key) => key.kty === kty && (kid === undefined || key.kid === kid) && key['use'] !== 'enc',
  );
}

async function verifyAmong(
  candidates: IssuerKeySet['keys'],
  { kind, issuer, algorithms }: Identity,
  token: string,
  now: number,
): Promise<JWTPayload> {
  if (candidates.length === 0)
    throw refused('unknown_key', 'The issuer has no key by the name that the token gives.');
  for (const jwk of candidates) {
    try {
      const key = await importJWK(jwk, decodeProtectedHeader(token).alg);
      const { payload } = await jwtVerify(token, key, {
        algorithms: [...algorithms],
        audience: [...acceptedAudiences()],
        ...(kind === 'oidc' ? { issuer } : {}),
        clockTolerance: CLOCK_SKEW_SECONDS,
        currentDate: new Date(now),
        requiredClaims: ['sub', 'exp', 'aud'],
      });
      return payload;
    } catch (error) {
      if (!isOfAnotherKey(error)) throw meaningOf(error);
    }
  }
  throw refused('bad_signature', 'The token is not signed with a key of its issuer.');
}

const isOfAnotherKey = (error: unknown): boolean =>
  error instanceof errors.JWSSignatureVerificationFailed || !(error instanceof errors.JOSEError);

function meaningOf(error: unknown): AssertionRefused {
  if (error instanceof errors.JWTExpired)
    return refused('assertion_expired', 'The token of the issuer has expired.');
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud')
      return refused(
        'wrong_audience',
        'The claim "aud" must be the address of this Belay or of its token endpoint.',
      );
    if (error.claim === 'nbf')
      return refused('assertion_not_yet_valid', 'The token of the issuer is not valid yet.');
  }
  return refused(
    'malformed_assertion',
    'The token of the issuer lacks a claim, or has a broken one.',
  );
}

function requireLife({ exp }: JWTPayload, now: number): void {
  if (Number(exp) <= now / 1000 + MAX_LIFE_SECONDS) return;
  throw refused('assertion_too_long', 'A token of an issuer may be good for a day at most.');
}

const refused = (code: string, message: string) => new AssertionRefused(code, message);
