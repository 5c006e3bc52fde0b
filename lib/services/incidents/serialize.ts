import { z } from 'zod';
import { INCIDENT_STATES, jsonObjectSchema, type Incident } from '@/lib/contracts';
import { iso, isoOrNull } from '@/lib/services/instants';

export interface IncidentRow {
  readonly id: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly severity: number;
  readonly kind: string;
  readonly title: string;
  readonly state: Incident['state'];
  readonly evidence: unknown;
  readonly rootCause: string | null;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
}

export const INCIDENT_COLUMNS = `i.id, i.agent_id AS "agentId", a.name AS "agentName", i.severity, i.kind, i.title, i.state,
  i.evidence, i.root_cause AS "rootCause", i.opened_at AS "openedAt", i.closed_at AS "closedAt"`;
export const INCIDENT_TABLES = `incidents i JOIN agents a ON a.workspace_id = i.workspace_id AND a.id = i.agent_id`;

const evidenceSchema = z.array(jsonObjectSchema);
const stateSchema = z.enum(INCIDENT_STATES);

export function serializeIncident(row: IncidentRow): Incident {
  return {
    ...row,
    state: stateSchema.parse(row.state),
    evidence: evidenceSchema.parse(row.evidence),
    openedAt: iso(row.openedAt),
    closedAt: isoOrNull(row.closedAt),
  };
}
