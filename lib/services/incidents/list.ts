import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import type { incidentListQuerySchema, incidentPageSchema } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { filterId } from '@/lib/services/ids';
import { decodeCursor, pageFrom } from '@/lib/services/paging';
import {
  INCIDENT_COLUMNS,
  INCIDENT_TABLES,
  serializeIncident,
  type IncidentRow,
} from './serialize';

/** Incidents, newest first. */
export async function listIncidents(
  { actor }: ServiceContext,
  query: z.infer<typeof incidentListQuerySchema>,
): Promise<z.infer<typeof incidentPageSchema>> {
  requirePermission(actor, 'workspace.read');
  const [at, id] = decodeCursor(query.cursor, ['instant', 'id']);
  const rows = await sql<IncidentRow>(
    `SELECT ${INCIDENT_COLUMNS} FROM ${INCIDENT_TABLES}
     WHERE i.workspace_id = $1 AND ($2::text IS NULL OR i.state = $2) AND ($3::uuid IS NULL OR i.agent_id = $3)
       AND ($4::timestamptz IS NULL OR (i.opened_at, i.id) < ($4, $5::uuid))
     ORDER BY i.opened_at DESC, i.id DESC LIMIT $6`,
    [
      actor.workspaceId,
      query.state ?? null,
      filterId(query.agent, 'agent'),
      at ?? null,
      id ?? null,
      query.limit + 1,
    ],
  );
  return pageFrom(
    rows,
    query.limit,
    (row) => [row.openedAt.toISOString(), row.id],
    serializeIncident,
  );
}
