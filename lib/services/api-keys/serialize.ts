import { keyRoleSchema, type ApiKey } from '@/lib/contracts';
import { iso, isoOrNull } from '@/lib/services/instants';

export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly prefix: string;
  readonly createdBy: string;
  readonly createdByName: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/** The columns of an `ApiKeyRow`, over API_KEY_TABLES. */
export const API_KEY_COLUMNS = `k.id, k.name, k.role, k.prefix, k.created_by AS "createdBy",
  coalesce(p.name, maker.name) AS "createdByName", k.created_at AS "createdAt", k.last_used_at AS "lastUsedAt",
  k.expires_at AS "expiresAt", k.revoked_at AS "revokedAt"`;
export const API_KEY_TABLES = `api_keys k LEFT JOIN people p ON k.created_by = 'person:' || p.id
  LEFT JOIN api_keys maker ON maker.workspace_id = k.workspace_id AND k.created_by = 'key:' || maker.id`;

export function serializeApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    role: keyRoleSchema.parse(row.role),
    prefix: row.prefix,
    createdBy: row.createdByName ?? (row.createdBy === 'cli' ? 'the command line' : row.createdBy),
    createdAt: iso(row.createdAt),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    expiresAt: isoOrNull(row.expiresAt),
    revokedAt: isoOrNull(row.revokedAt),
  };
}
