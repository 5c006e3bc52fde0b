/** API keys: `bk_` and 32 random bytes. The database keeps the SHA-256; a fast hash is enough for 256 random bits. */
import { createHash, randomBytes } from 'node:crypto';
import type { KeyRole } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { KeyActor } from './actor';

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
  created_by: string;
  slug: string;
  used_lately: boolean | null;
};

export interface FoundKey {
  readonly actor: KeyActor;
  readonly workspaceSlug: string;
}

/** Who a key stands for, or nothing when it is unknown, revoked or expired. Notes its use at most once a minute. */
export async function findApiKey(key: string, now: Date): Promise<FoundKey | undefined> {
  const [row] = await sql<Row>(
    `SELECT k.id, k.name, k.role, k.workspace_id, k.created_by, w.slug,
            k.last_used_at > $2::timestamptz - interval '1 minute' AS used_lately
     FROM api_keys k JOIN workspaces w ON w.id = k.workspace_id
     WHERE k.key_hash = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2)`,
    [hashApiKey(key), now],
  );
  if (row === undefined) return undefined;
  if (row.used_lately !== true)
    await sql('UPDATE api_keys SET last_used_at = $3 WHERE workspace_id = $1 AND id = $2', [
      row.workspace_id,
      row.id,
      now,
    ]);
  const { id: keyId, name, role, workspace_id: workspaceId, created_by: createdBy } = row;
  return {
    actor: { kind: 'key', keyId, name, role, workspaceId, createdBy },
    workspaceSlug: row.slug,
  };
}
