import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import type { killSwitchListSchema } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { decodeCursor, pageFrom } from '@/lib/services/paging';
import { serializeSwitch, SWITCH_COLUMNS, SWITCH_TABLES, type SwitchRow } from './serialize';

/** Switches in force first, then the released ones; newest first in both. */
export async function listKillSwitches(
  { actor }: ServiceContext,
  query: { cursor?: string | undefined; limit: number },
): Promise<z.infer<typeof killSwitchListSchema>> {
  requirePermission(actor, 'workspace.read');
  const [inForce, id] = decodeCursor(query.cursor, ['integer', 'id']);
  const rows = await sql<SwitchRow>(
    `SELECT ${SWITCH_COLUMNS} FROM ${SWITCH_TABLES}
     WHERE s.workspace_id = $1 AND ($2::int IS NULL OR ((s.released_at IS NULL)::int, s.id) < ($2, $3::uuid))
     ORDER BY (s.released_at IS NULL)::int DESC, s.id DESC LIMIT $4`,
    [actor.workspaceId, inForce ?? null, id ?? null, query.limit + 1],
  );
  return pageFrom(
    rows,
    query.limit,
    (row) => [row.releasedAt === null ? 1 : 0, row.id],
    serializeSwitch,
  );
}
