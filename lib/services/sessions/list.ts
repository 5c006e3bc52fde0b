import { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import { pageQuerySchema, type agentSessionPageSchema } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { LISTED } from '@/lib/services/decisions/listed';
import { filterId } from '@/lib/services/ids';
import { iso } from '@/lib/services/instants';
import { decodeCursor, pageFrom } from '@/lib/services/paging';

export const sessionListQuerySchema = pageQuerySchema.extend({
  agent: z.string().max(64).optional(),
});

interface Row {
  readonly id: string;
  readonly agentId: string;
  readonly endUser: string | null;
  readonly purpose: string | null;
  readonly request: string;
  readonly createdAt: Date;
  readonly decisions: number;
}

/** Sessions, newest first. */
export async function listSessions(
  { actor }: ServiceContext,
  query: z.infer<typeof sessionListQuerySchema>,
): Promise<z.infer<typeof agentSessionPageSchema>> {
  requirePermission(actor, 'workspace.read');
  const [at, id] = decodeCursor(query.cursor, ['instant', 'text']);
  const rows = await sql<Row>(
    `SELECT s.id, s.agent_id AS "agentId", s.end_user AS "endUser", s.purpose, s.request, s.created_at AS "createdAt",
       (SELECT count(*)::int FROM decisions d WHERE d.workspace_id = s.workspace_id AND d.session_id = s.id AND ${LISTED('d')}) AS decisions
     FROM sessions s WHERE s.workspace_id = $1 AND ($2::uuid IS NULL OR s.agent_id = $2)
       AND ($3::timestamptz IS NULL OR (s.created_at, s.id) < ($3, $4::text))
     ORDER BY s.created_at DESC, s.id DESC LIMIT $5`,
    [actor.workspaceId, filterId(query.agent, 'agent'), at ?? null, id ?? null, query.limit + 1],
  );
  return pageFrom(
    rows,
    query.limit,
    (row) => [row.createdAt.toISOString(), row.id],
    (row) => ({ ...row, createdAt: iso(row.createdAt) }),
  );
}
