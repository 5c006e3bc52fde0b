import { requirePermission } from '@/lib/auth';
import { notFound, type Incident } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import {
  INCIDENT_COLUMNS,
  INCIDENT_TABLES,
  serializeIncident,
  type IncidentRow,
} from './serialize';

/** @throws DomainError `not_found` */
export async function getIncident({ actor }: ServiceContext, id: string): Promise<Incident> {
  requirePermission(actor, 'workspace.read');
  const [row] = await sql<IncidentRow>(
    `SELECT ${INCIDENT_COLUMNS} FROM ${INCIDENT_TABLES} WHERE i.workspace_id = $1 AND i.id = $2`,
    [actor.workspaceId, requireId(id, 'incident')],
  );
  if (row === undefined) throw notFound('incident');
  return serializeIncident(row);
}
