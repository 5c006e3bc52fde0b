/** API keys: `bk_` and 32 random bytes. The database keeps the SHA-256; a fast hash is enough for 256 random bits. */
import { createHash, randomBytes } from 'node:crypto';
import { DomainError, type KeyRole, type PersonRole } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { KeyActor } from './actor';
import { roleOfKey } from './key-role';

const PREFIX = 'bk_';
/** Characters shown in lists, to tell keys apart. */
const SHOWN = 9;

export interface NewApiKey {
  readonly key: string;
  readonly prefix: string;
  readonly hash: string;
}

export function newApiKey(): NewApiKey {
  const key = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  return { key, prefix: key.slice(0, SHOWN), hash: hashApiKey(key) };
}

function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** The API key in an `Authorization` header, if that is what it carries. */
export function apiKeyOf(authorization: string | null): string | undefined {
  const [scheme, token] = (authorization ?? '').trim().split(/\s+/, 2);
  return scheme?.toLowerCase() === 'bearer' && token?.startsWith(PREFIX) ? token : undefined;
}

type Row = {
  id: string;
  name: string;
  role: KeyRole;
  workspace_id: string;
  slug: string;
  used_lately: boolean | null;
  author_person_id: string | null;
  author_name: string | null;
  author_email: string | null;
  author_role: PersonRole | null;
};

export interface FoundKey {
  readonly actor: KeyActor;
  readonly workspaceSlug: string;
}

/**
 * Who a key stands for, or nothing when it is unknown, revoked or expired. Notes its use at most once a minute.
 *
 * @throws DomainError `key_author_out` when the person behind the key may no longer do what it was made for
 */
export async function findApiKey(key: string, now: Date): Promise<FoundKey | undefined> {
  const [row] = await sql<Row>(
    `SELECT k.id, k.name, k.role, k.workspace_id, w.slug, k.author_person_id,
            k.last_used_at > $2::timestamptz - interval '1 minute' AS used_lately,
            p.name AS author_name, p.email AS author_email, m.role AS author_role
     FROM api_keys k JOIN workspaces w ON w.id = k.workspace_id
     LEFT JOIN people p ON p.id = k.author_person_id AND p.disabled_at IS NULL
     LEFT JOIN memberships m ON m.workspace_id = k.workspace_id AND m.person_id = p.id
     WHERE k.key_hash = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2)`,
    [hashApiKey(key), now],
  );
  if (row === undefined) return undefined;
  const actor = actorOf(row);
  if (row.used_lately !== true)
    await sql('UPDATE api_keys SET last_used_at = $3 WHERE workspace_id = $1 AND id = $2', [
      row.workspace_id,
      row.id,
      now,
    ]);
  return { actor, workspaceSlug: row.slug };
}

function actorOf(row: Row): KeyActor {
  const { id: keyId, name, workspace_id: workspaceId, author_person_id: personId } = row;
  if (personId === null)
    return { kind: 'key', keyId, name, role: row.role, workspaceId, author: null };
  const role = roleOfKey(row.role, row.author_role ?? undefined);
  if (role === undefined)
    throw new DomainError(
      'unauthenticated',
      'key_author_out',
      'Whoever made this API key may no longer do here what it is for. Ask an admin of the workspace for a new key.',
    );
  const author = { personId, name: row.author_name ?? '', email: row.author_email ?? '' };
  return { kind: 'key', keyId, name, role, workspaceId, author };
}
