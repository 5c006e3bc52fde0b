/** The keys an agent was registered with, and which of them signed something. */
import { compactVerify, importJWK } from 'jose';
import type { PublicJwk } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { AgentActor } from '../actor';

export type KeyState = 'in_force' | 'expired' | 'revoked';

export interface AgentKey {
  readonly kid: string;
  readonly jwk: PublicJwk;
  readonly state: KeyState;
  /** Milliseconds since the epoch; null: never. */
  readonly expiresAt: number | null;
  /** Milliseconds since the epoch; null: never. */
  readonly lastUsedAt: number | null;
}

export interface KnownAgent {
  readonly agentId: string;
  readonly workspaceId: string;
  readonly status: string;
  /** Those in force first. */
  readonly keys: readonly AgentKey[];
}

/** How somebody proved to be an agent. */
export interface SignedIn {
  readonly actor: AgentActor;
  /** What they proved it with is good until then; milliseconds since the epoch, null: no end of its own. */
  readonly until: number | null;
}

/** Keys that are tried for a signature: all in force, and as many of the latest as told apart from those of strangers. */
const MOST_KEYS = 24;

/** An agent with the keys it has and had lately. Its id is enough: ids are unique over workspaces. @param id a UUID */
export async function findAgentWithKeys(id: string, now: number): Promise<KnownAgent | undefined> {
  const rows = await sql<{
    workspace_id: string;
    status: string;
    kid: string | null;
    public_jwk: PublicJwk;
    revoked_at: Date | null;
    expires_at: Date | null;
    last_used_at: Date | null;
  }>(
    `SELECT a.workspace_id, a.status, k.kid, k.public_jwk, k.revoked_at, k.expires_at, k.last_used_at FROM agents a
     LEFT JOIN agent_keys k ON k.workspace_id = a.workspace_id AND k.agent_id = a.id
     WHERE a.id = $1
     ORDER BY (k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2)) DESC, k.revoked_at DESC NULLS FIRST, k.created_at DESC
     LIMIT ${MOST_KEYS}`,
    [id, new Date(now)],
  );
  const [first] = rows;
  if (first === undefined) return undefined;
  const keys = rows.flatMap(({ kid, public_jwk: jwk, revoked_at, ...times }): AgentKey[] => {
    if (kid === null) return [];
    const { expires_at, last_used_at } = times;
    const expiresAt = expires_at?.getTime() ?? null;
    const expired = expiresAt !== null && expiresAt <= now;
    const state = revoked_at !== null ? 'revoked' : expired ? 'expired' : 'in_force';
    return [{ kid, jwk, state, expiresAt, lastUsedAt: last_used_at?.getTime() ?? null }];
  });
  keys.sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  return { agentId: id, workspaceId: first.workspace_id, status: first.status, keys };
}

const ORDER: readonly KeyState[] = ['in_force', 'expired', 'revoked'];

/** The agent as it calls after it signed with a key. */
export function signedInWith({ agentId, workspaceId }: KnownAgent, key: AgentKey): SignedIn {
  const credentials = { [agentId]: `key:${key.kid}` };
  return { actor: { kind: 'agent', agentId, workspaceId, credentials }, until: key.expiresAt };
}

/** Ed25519 (RFC 8037): the one kind of key that registration admits. */
const importAgentKey = ({ kty, crv, x }: PublicJwk) => importJWK({ kty, crv, x }, 'EdDSA');

/** The key that signed a JWS, whatever has become of it since. @param kid the one it names, if any */
export async function signerOf(
  jws: string,
  keys: readonly AgentKey[],
  kid: string | undefined,
): Promise<AgentKey | undefined> {
  const named = keys.filter((key) => kid === undefined || key.kid === kid || key.jwk.kid === kid);
  for (const key of named.length > 0 ? named : keys) {
    const verified = await compactVerify(jws, await importAgentKey(key.jwk), {
      algorithms: ['EdDSA', 'Ed25519'],
    }).catch(() => undefined);
    if (verified !== undefined) return key;
  }
  return undefined;
}

/** Notes that a key was used, at most once a minute. @param now milliseconds since the epoch */
export async function noteKeyUse({ actor }: SignedIn, now: number): Promise<void> {
  const kid = /^key:(.*)$/.exec(actor.credentials?.[actor.agentId] ?? '')?.[1];
  if (kid === undefined) return;
  await sql(
    `UPDATE agent_keys SET last_used_at = $4 WHERE workspace_id = $1 AND agent_id = $2 AND kid = $3
       AND (last_used_at IS NULL OR last_used_at < $4::timestamptz - interval '1 minute')`,
    [actor.workspaceId, actor.agentId, kid, new Date(now)],
  );
}
