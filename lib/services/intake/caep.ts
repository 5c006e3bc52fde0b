/** What an identity provider says about an agent: Security Event Tokens (RFC 8417) with events of CAEP 1.0. */
import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify, type JWTPayload } from 'jose';
import { z } from 'zod';
import { actorRef, requirePermission, type KeyActor } from '@/lib/auth';
import { acceptedAudiences, keyNamedBy } from '@/lib/auth/agents';
import { DomainError, type IssuerKeySet } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { keysAt } from '@/lib/services/agents/external/issuer-keys';
import { plain } from './otlp/operations';
import { takeEvidence, type Item, type Statement, type Taken } from './take';

const TYPE = 'secevent+jwt';
const EVENTS = 'https://schemas.openid.net/secevent/caep/event-type/';
/** A token that was issued longer ago says nothing new, in milliseconds. */
const MAX_AGE_MS = 7 * 86_400_000;

type Event = Readonly<Record<string, unknown>>;

const RISKS: Readonly<Record<string, number>> = { HIGH: 1, MEDIUM: 0.4 };

/** By the end of the event's type. Undefined says nothing about the agent's trust. */
const STATEMENTS: Readonly<Record<string, (event: Event) => Statement | undefined>> = {
  'session-revoked': () => ({ kind: 'identity.session_revoked' }),
  'credential-change': ({ change_type: change, credential_type: type }) => ({
    kind: change === 'revoke' ? 'identity.credential_revoked' : 'identity.rotated',
    detail: { change: plain(change), credential: plain(type) },
  }),
  'risk-level-change': ({ current_level: level }) => {
    const magnitude = Object.hasOwn(RISKS, String(level)) ? RISKS[String(level)] : undefined;
    return magnitude === undefined
      ? undefined
      : { kind: 'identity.risk_raised', magnitude, detail: { level: plain(level) } };
  },
};

const simpleSubject = z.union([
  z.object({ format: z.literal('iss_sub'), iss: z.string(), sub: z.string() }),
  z.object({ format: z.literal('opaque'), id: z.string() }).transform(({ id }) => ({ sub: id })),
]);
const subjectSchema = z.union([
  simpleSubject,
  z.object({ format: z.literal('complex'), user: simpleSubject }).transform(({ user }) => user),
]);
const claimsSchema = z.object({
  iss: z.string(),
  jti: z.string().regex(/^\P{Cc}{1,200}$/u),
  iat: z.number(),
  sub_id: z.unknown(),
  sub: z.string().optional(),
  events: z.record(z.string(), z.record(z.string(), z.unknown())),
});
type Claims = z.infer<typeof claimsSchema>;

interface Issuer {
  readonly issuer: string;
  readonly jwks_url: string | null;
  readonly jwks: IssuerKeySet | null;
  readonly algorithms: string[];
}

/**
 * Takes what a token says of the agents that its subject stands for. The issuer has to be one the workspace believes.
 *
 * @throws DomainError `forbidden`; 400 `set_malformed`, `set_issuer`, `set_audience`, `set_key`, `set_signature`; 429
 *   `source_exhausted`, `source_paused`; 503 `issuer_unreachable`
 */
export async function recordSecurityEvent(
  { actor, now }: { readonly actor: KeyActor; readonly now: number },
  token: string,
): Promise<Taken & { ignored: number }> {
  requirePermission(actor, 'signals.record');
  const { workspaceId } = actor;
  const claims = claimsOf(await verified(workspaceId, token, now), now);
  const agents = await agentsOf(workspaceId, claims);
  const items = Object.entries(claims.events).flatMap(([type, event]) =>
    agents.flatMap((agentId) => itemOf(claims, type, event, agentId)),
  );
  const by = { workspaceId, protocol: 'caep', actor: actorRef(actor), now } as const;
  const taken = await takeEvidence({ ...by, items });
  return { ...taken, ignored: items.length === 0 ? 1 : 0 };
}

async function verified(workspaceId: string, token: string, now: number): Promise<JWTPayload> {
  const { header, claims } = decoded(token);
  const [issuer] = await sql<Issuer>(
    'SELECT issuer, jwks_url, jwks, algorithms FROM identity_issuers WHERE workspace_id = $1 AND issuer = $2',
    [workspaceId, claims.iss ?? ''],
  );
  if (issuer === undefined)
    throw refused('set_issuer', 'The workspace believes no issuer of this name.');
  if (header.alg === undefined || !issuer.algorithms.includes(header.alg))
    throw refused('set_key', 'The issuer does not sign with this algorithm.');
  const keys = await keysOf(workspaceId, issuer, header.kid, now);
  for (const jwk of keys) {
    const key = await importJWK(jwk, header.alg).catch(() => undefined);
    const found =
      key === undefined
        ? undefined
        : await jwtVerify(token, key, {
            algorithms: issuer.algorithms,
            currentDate: new Date(now),
          }).catch(() => undefined);
    if (found !== undefined) return found.payload;
  }
  throw refused('set_signature', 'The token is not signed with a key of its issuer, or has ended.');
}

function decoded(token: string) {
  try {
    const found = { header: decodeProtectedHeader(token), claims: decodeJwt(token) };
    const type = (found.header.typ ?? '').toLowerCase().replace(/^application\//, '');
    if (type === TYPE && keyNamedBy(found.header) === undefined) return found;
  } catch {
    // Said below.
  }
  throw refused(
    'set_malformed',
    `The body is no Security Event Token: a signed JWT of type "${TYPE}" that brings no key along.`,
  );
}

async function keysOf(workspaceId: string, issuer: Issuer, kid: string | undefined, now: number) {
  const among = (keys: IssuerKeySet | undefined) =>
    keys?.keys.filter((key) => kid === undefined || key.kid === kid);
  if (issuer.jwks_url === null) return among(issuer.jwks ?? undefined) ?? [];
  const place = { workspaceId, url: issuer.jwks_url };
  const kept = among(await keysAt(place, now));
  const keys = kept?.length === 0 ? among(await keysAt(place, now, { newer: true })) : kept;
  if (keys !== undefined) return keys;
  throw new DomainError(
    'unavailable',
    'issuer_unreachable',
    'The issuer’s keys cannot be fetched, so its tokens do not count yet.',
    { retryAfterSeconds: 60 },
  );
}

function claimsOf(payload: JWTPayload, now: number): Claims {
  const named = [payload.aud ?? []].flat();
  const origins = [...acceptedAudiences()].filter((name) => URL.canParse(name));
  const here = origins.flatMap((origin) => [origin, new URL('/api/v1/intake/caep', origin).href]);
  if (!named.some((audience) => here.includes(audience)))
    throw refused(
      'set_audience',
      'The claim "aud" must be the address of this Belay or of its receiver of events.',
    );
  const claims = claimsSchema.safeParse(payload);
  if (claims.success && Math.abs(now - claims.data.iat * 1000) <= MAX_AGE_MS) return claims.data;
  throw refused(
    'set_malformed',
    'The token needs "jti", "iat" of the last 7 days, and an object "events".',
  );
}

/** The agents that the subject stands for; subjects of other issuers stand for none. */
async function agentsOf(workspaceId: string, claims: Claims): Promise<string[]> {
  const given = claims.sub_id ?? Object.values(claims.events)[0]?.['subject'];
  const parsed = subjectSchema.safeParse(given);
  const subject = parsed.success ? parsed.data : { sub: claims.sub ?? '' };
  if ('iss' in subject && subject.iss !== claims.iss) return [];
  const rows = await sql<{ agent_id: string }>(
    `SELECT s.agent_id FROM identity_subjects s
     JOIN identity_issuers i ON i.workspace_id = s.workspace_id AND i.id = s.issuer_id
     WHERE s.workspace_id = $1 AND i.issuer = $2 AND s.subject = $3`,
    [workspaceId, claims.iss, subject.sub.replaceAll('\u0000', '')],
  );
  return rows.map((row) => row.agent_id);
}

function itemOf(claims: Claims, type: string, event: Event, agentId: string): Item[] {
  const name = type.startsWith(EVENTS) ? type.slice(EVENTS.length) : '';
  const statement = Object.hasOwn(STATEMENTS, name) ? STATEMENTS[name]?.(event) : undefined;
  if (statement === undefined) return [];
  const id = `${claims.jti} ${name} ${agentId}`;
  return [{ id, source: claims.iss, agentId, at: claims.iat * 1000, statement }];
}

const refused = (code: string, message: string) => new DomainError('malformed', code, message);
