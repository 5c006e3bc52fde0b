/** Agents' public keys: named by their RFC 7638 thumbprint, so that one key is one name whoever sends it. */
import { createHash } from 'node:crypto';
import { personBehind } from '@/lib/auth';
import { DomainError, type PublicJwk } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { knownPeople, somebodyElseDecides } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';

/** SHA-256 over the required members in lexical order (RFC 7638, RFC 8037 section 2), in base64url. */
export function thumbprintOf({ crv, kty, x }: PublicJwk): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
}

export interface NewKey {
  readonly agentId: string;
  readonly publicKey: PublicJwk;
  /** An instant; absent: it has no end. */
  readonly expiresAt?: string | undefined;
}

/**
 * Adds a key to an agent, and remembers who did and whether they were alone. Registrations of one key wait for each other, so that only one of them can have
 * it.
 *
 * @returns the key's thumbprint
 * @throws DomainError `expiry_past`; `key_in_use` when an agent of the workspace holds the key already
 */
export async function addAgentKey(
  sql: Sql,
  { actor, now }: ServiceContext,
  { agentId, publicKey, expiresAt }: NewKey,
): Promise<string> {
  const { workspaceId } = actor;
  if (expiresAt !== undefined && new Date(expiresAt) <= now)
    throw new DomainError('unprocessable', 'expiry_past', 'A new key cannot end before it begins.');
  const kid = thumbprintOf(publicKey);
  await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [`${workspaceId} ${kid}`]);
  const [holder] = await sql<{ name: string; agent_id: string }>(
    `SELECT a.name, k.agent_id FROM agent_keys k JOIN agents a ON a.workspace_id = k.workspace_id AND a.id = k.agent_id
     WHERE k.workspace_id = $1 AND k.kid = $2 AND (k.agent_id = $3 OR (k.revoked_at IS NULL AND a.status <> 'revoked'))`,
    [workspaceId, kid, agentId],
  );
  if (holder !== undefined) throw keyInUse(holder.name, holder.agent_id);
  const { kty, crv, x } = publicKey;
  const person = personBehind(actor);
  const alone =
    person === null || !somebodyElseDecides(person, await knownPeople(sql, workspaceId));
  await sql(
    `INSERT INTO agent_keys (workspace_id, agent_id, kid, public_jwk, created_at, added_by, added_alone, expires_at)
     VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7, $8)`,
    [
      workspaceId,
      agentId,
      kid,
      JSON.stringify({ kty, crv, x, kid }),
      now,
      person?.personId ?? null,
      alone,
      expiresAt === undefined ? null : new Date(expiresAt),
    ],
  );
  return kid;
}

function keyInUse(name: string, agentId: string): DomainError {
  return new DomainError(
    'conflict',
    'key_in_use',
    `This key belongs to the agent "${name}" already, or did before. Make a new key pair for every agent.`,
    { facts: { agentId } },
  );
}
