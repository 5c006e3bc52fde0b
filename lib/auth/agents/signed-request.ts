/**
 * A request that its agent signed (RFC 9421), instead of one that carries a token: what has to be covered, how old it may be, and that
 * it counts once. Every way to fail has a code of its own.
 */
import { createPublicKey } from 'node:crypto';
import { parseDictionary, type InnerList, type Item } from 'structured-headers';
import { isUuid, sql } from '@/lib/db';
import type { AgentActor } from '../actor';
import {
  findAgentWithKeys,
  noteKeyUse,
  signedInWith,
  type AgentKey,
  type KnownAgent,
  type SignedIn,
} from './agent-keys-of';
import { AssertionRefused } from './client-assertion';
import { ownOrigins } from './issuer';
import { signatureHolds } from './message-signature/algorithms';
import { ComponentError } from './message-signature/components';
import { checkDigest } from './message-signature/content-digest';
import { messageOf } from './message-signature/message';
import { signatureBase } from './message-signature/signature-base';
import { spendOnce } from './used-once';

/** Reads the body of a request, which the handler finds again afterwards. */
export type BodyReader = () => Promise<string>;

/** A signature is taken for this long after it was made, in seconds. */
const MAX_AGE_SECONDS = 60;
/** And this long before, for a clock that is ahead. */
const AHEAD_SECONDS = 30;
/** Picks the signature that is for Belay out of several. */
const TAG = 'belay';
const LONGEST_NONCE = 200;
/** Nobody has proved anything when the base is built, so it may not cost much. */
const MOST_COMPONENTS = 32;
const NOTED_EVERY_MS = 60_000;

export const isSigned = ({ headers }: Request): boolean => headers.has('signature-input');

/**
 * @param now milliseconds since the epoch
 * @throws AssertionRefused 401 `signature_malformed`, `signature_ambiguous`, `signature_key_missing`, `signature_algorithm`,
 *   `signature_undated`, `signature_stale`, `signature_not_yet_valid`, `nonce_missing`, `components_missing`,
 *   `signature_key_unknown`, `agent_revoked`, `key_revoked`, `key_expired`, `bad_signature`, `digest_mismatch`,
 *   `digest_unsupported`, `replayed_signature`
 */
export async function verifySignedRequest(
  request: Request,
  readBody: BodyReader,
  now: number,
): Promise<SignedIn> {
  const signature = signatureOf(request);
  const { created, nonce } = requireParameters(signature, now);
  const body = Buffer.from(await readBody());
  requireCoverage(signature, body.byteLength > 0);
  const { agent, key, shared } = await findKey(signature, now);
  const { agentId, workspaceId } = agent;
  const actor = { kind: 'agent', agentId, workspaceId } as const;
  const bases = basesOf(request, signature);
  const signer = (key === undefined ? agent.keys : [key]).find((one) =>
    holds(one, bases, signature),
  );
  if (signer === undefined)
    throw refused(
      'bad_signature',
      'The request is not signed with a key that is registered for this agent.',
      shared ? undefined : actor,
      shared ? undefined : 'identity.bad_signature',
    );
  // Said to nobody but whoever holds the key.
  if (shared)
    throw refused(
      'signature_ambiguous',
      'Several agents have this key; let the keyid be the id of the agent.',
    );
  requireInForce(agent, signer, actor);
  requireDigest(request, signature, body);
  if (!(await spendOnce(actor, `nonce ${nonce}`, (created + MAX_AGE_SECONDS) * 1000)))
    throw refused(
      'replayed_signature',
      'This request came before. Sign each one anew, with a nonce never used before.',
      actor,
      'identity.replay',
    );
  const signedIn = signedInWith(agent, signer);
  if (signer.lastUsedAt === null || signer.lastUsedAt < now - NOTED_EVERY_MS)
    await noteKeyUse(signedIn, now);
  return signedIn;
}

interface RequestSignature {
  readonly covered: InnerList;
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly bytes: Uint8Array;
}

function signatureOf({ headers }: Request): RequestSignature {
  const inputs = dictionary(headers.get('signature-input'));
  const signatures = dictionary(headers.get('signature'));
  const found = [...inputs].flatMap(([label, input]) => {
    const bytes = signatures.get(label)?.[0];
    if (!Array.isArray(input[0]) || !(bytes instanceof ArrayBuffer)) return [];
    const covered = input as InnerList;
    return [{ covered, parameters: covered[1], bytes: new Uint8Array(bytes) }];
  });
  const tagged = found.filter(({ parameters }) => parameters.get('tag') === TAG);
  const [only, another] = tagged.length > 0 ? tagged : found;
  if (only === undefined)
    throw refused(
      'signature_malformed',
      'Signature-Input and Signature have to carry one signature under one label (RFC 9421, section 4).',
    );
  if (another !== undefined)
    throw refused(
      'signature_ambiguous',
      `The request carries several signatures; mark the agent’s own with tag="${TAG}".`,
    );
  return only;
}

function dictionary(value: string | null) {
  try {
    return parseDictionary(value ?? '');
  } catch {
    throw refused('signature_malformed', 'Signature-Input or Signature is not a structured field.');
  }
}

/** How it was signed, when, and for which one time. */
function requireParameters(
  { parameters }: RequestSignature,
  now: number,
): { created: number; nonce: string } {
  const algorithm = parameters.get('alg');
  if (algorithm !== undefined && algorithm !== 'ed25519')
    throw refused('signature_algorithm', 'Agents sign with Ed25519 and nothing else.');
  const created = parameters.get('created');
  const seconds = now / 1000;
  if (typeof created !== 'number')
    throw refused('signature_undated', 'The signature does not say when it was made (created).');
  const expires = parameters.get('expires');
  if (
    created < seconds - MAX_AGE_SECONDS ||
    (typeof expires === 'number' && expires < seconds - AHEAD_SECONDS)
  )
    throw refused('signature_stale', `A signature is taken for ${MAX_AGE_SECONDS} seconds.`);
  if (created > seconds + AHEAD_SECONDS)
    throw refused(
      'signature_not_yet_valid',
      'The signature is of the future: check the clock of the agent.',
    );
  const nonce = parameters.get('nonce');
  if (typeof nonce !== 'string' || nonce === '' || nonce.length > LONGEST_NONCE)
    throw refused(
      'nonce_missing',
      `The signature needs a nonce of 1 to ${LONGEST_NONCE} characters, never used before.`,
    );
  return { created, nonce };
}

/** Whole addresses, one of which has to be covered. */
const ADDRESSES: readonly (readonly string[])[] = [
  ['@target-uri'],
  ['@authority', '@path', '@query'],
];

function requireCoverage({ covered: [components] }: RequestSignature, hasBody: boolean): void {
  if (components.length > MOST_COMPONENTS)
    throw refused(
      'signature_malformed',
      `A signature covers at most ${MOST_COMPONENTS} components here.`,
    );
  // One field has any number of components with parameters, and each is written down by itself.
  if (components.some(([, { size }]) => size > 0))
    throw refused(
      'signature_malformed',
      'Components with parameters are not taken: cover the whole field or the whole address.',
    );
  const plain = new Set(components.map(([name]) => name));
  const missing = [
    ...(plain.has('@method') ? [] : ['@method']),
    ...(ADDRESSES.some((address) => address.every((name) => plain.has(name)))
      ? []
      : ['@target-uri']),
    ...(hasBody && !plain.has('content-digest') ? ['content-digest'] : []),
  ];
  if (missing.length === 0) return;
  throw refused(
    'components_missing',
    `The signature has to cover ${missing.map((name) => `"${name}"`).join(' and ')} as well.`,
  );
}

interface Named {
  readonly agent: KnownAgent;
  readonly key: AgentKey | undefined;
  /** Another agent might be meant as well. */
  readonly shared: boolean;
}

/** By the keyid, the id of an agent or the thumbprint of one of its keys. */
async function findKey({ parameters }: RequestSignature, now: number): Promise<Named> {
  const keyid = parameters.get('keyid');
  if (typeof keyid !== 'string' || keyid === '')
    throw refused(
      'signature_key_missing',
      'The signature needs a keyid: the id of the agent, or the thumbprint of its key.',
    );
  const [agentId, another] = isUuid(keyid) ? [keyid] : await agentsWithKey(keyid, now);
  const agent = agentId === undefined ? undefined : await findAgentWithKeys(agentId, now);
  if (agent === undefined)
    throw refused('signature_key_unknown', 'No agent is registered with this keyid.');
  const key = agent.keys.find(({ kid }) => kid === keyid);
  return { agent, key, shared: another !== undefined };
}

/**
 * The agents that a thumbprint can mean, one unless they have the same claim to it. A public key can be registered by anybody who has
 * seen it, so an agent that has signed with it comes before those that never did, whatever has become of the key since: otherwise
 * somebody could register the keys of others to shut them out, or to be called in their place.
 */
async function agentsWithKey(kid: string, now: number): Promise<string[]> {
  const rows = await sql<{ agentId: string; proven: boolean; inForce: boolean }>(
    `SELECT agent_id AS "agentId", last_used_at IS NOT NULL AS proven,
       revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2) AS "inForce"
     FROM agent_keys WHERE kid = $1 ORDER BY proven DESC, "inForce" DESC, created_at DESC LIMIT 2`,
    [kid, new Date(now)],
  );
  const [first] = rows;
  return rows
    .filter(({ proven, inForce }) => proven === first?.proven && inForce === first.inForce)
    .map(({ agentId }) => agentId);
}

/** Whatever has become of the key since. */
function holds({ jwk }: AgentKey, bases: readonly string[], { bytes }: RequestSignature): boolean {
  const { kty, crv, x } = jwk;
  const key = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
  return bases.some((base) => signatureHolds('ed25519', key, base, bytes));
}

/** Behind a proxy a server does not know what it was called by: each of its addresses may be the one. */
const basesOf = (request: Request, signature: RequestSignature): string[] =>
  ownOrigins().map((origin) => baseOf(request, origin, signature));

function baseOf(request: Request, origin: string, { covered }: RequestSignature): string {
  try {
    return signatureBase(messageOf(request, origin), covered);
  } catch (error) {
    if (error instanceof ComponentError) throw refused('signature_malformed', error.message);
    throw error;
  }
}

function requireInForce({ status }: KnownAgent, { state }: AgentKey, actor: AgentActor): void {
  const failed = (code: string, message: string) =>
    refused(code, message, actor, 'identity.auth_failed');
  if (status === 'revoked') throw failed('agent_revoked', 'This agent has been revoked.');
  if (state === 'revoked')
    throw failed('key_revoked', 'The request is signed with a key that was revoked.');
  if (state === 'expired')
    throw failed(
      'key_expired',
      'The request is signed with a key that has expired. Give the agent a new one.',
    );
}

/** The digest is covered by the signature; that it is the body's own is for us to check. */
function requireDigest(
  { headers }: Request,
  { covered: [components] }: RequestSignature,
  body: Uint8Array,
): void {
  if (!components.some(([name]: Item) => name === 'content-digest')) return;
  const found = checkDigest(headers.get('content-digest') ?? '', body);
  if (found === 'matches') return;
  if (found === 'differs')
    throw refused('digest_mismatch', 'The body is not the one that was signed.');
  throw refused('digest_unsupported', 'Content-Digest has to carry sha-256 or sha-512 (RFC 9530).');
}

/** @param signal what it says about the identity of the agent, where that is known */
const refused = (code: string, message: string, agent?: AgentActor, signal?: string) =>
  new AssertionRefused(code, message, agent, signal);
