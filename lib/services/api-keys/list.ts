import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import type { apiKeyListSchema } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { decodeCursor, pageFrom } from '@/lib/services/paging';
import { API_KEY_COLUMNS, API_KEY_TABLES, serializeApiKey, type ApiKeyRow } from './serialize';

/** API keys of the workspace, newest first; never the keys themselves. */
export async function listApiKeys(
  { actor }: ServiceContext,
  query: { cursor?: string | undefined; limit: number },
): Promise<z.infer<typeof apiKeyListSchema>> {
  requirePermission(actor, 'keys.manage');
  const [before] = decodeCursor(query.cursor, ['id']);
  const rows = await sql<ApiKeyRow>(
    `SELECT ${API_KEY_COLUMNS} FROM ${API_KEY_TABLES} WHERE k.workspace_id = $1 AND ($2::uuid IS NULL OR k.id < $2)
     ORDER BY k.id DESC LIMIT $3`,
    [actor.workspaceId, before ?? null, query.limit + 1],
  );
  return pageFrom(rows, query.limit, (row) => [row.id], serializeApiKey);
}
