/** What came of moments: the calls they belong to, incidents, restrictions. */
import type { Moment, RestrictionKind } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { iso } from '@/lib/services/instants';
import { RESTRICTIONS } from '@/lib/trust';
import type { MomentRow } from './moment-rows';

export type Call = NonNullable<Moment['call']>;

export async function selectCalls(
  workspaceId: string,
  moments: readonly MomentRow[],
): Promise<ReadonlyMap<string, Call>> {
  const ids = moments.flatMap(({ decisionId }) => decisionId ?? []);
  const rows = await sql<Call>(
    `SELECT d.id AS "decisionId", d.tool, d.resource, d.outcome, d.session_id AS "sessionId", ap.id AS "approvalId"
     FROM decisions d LEFT JOIN approvals ap ON ap.workspace_id = d.workspace_id AND ap.decision_id = d.id
     WHERE d.workspace_id = $1 AND d.id = ANY($2::uuid[])`,
    [workspaceId, ids],
  );
  return new Map(rows.map((call) => [call.decisionId, call]));
}

interface IncidentRow {
  readonly id: string;
  readonly title: string;
  readonly severity: number;
  readonly state: Moment['incidents'][number]['state'];
  readonly kind: string;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  /** The times its evidence names. */
  readonly times: readonly (string | null)[] | null;
}

/** Incidents of the agent that were open in the time of the moments. */
export function selectIncidents(
  workspaceId: string,
  agentId: string,
  moments: readonly MomentRow[],
): Promise<IncidentRow[]> {
  const [newest, oldest] = [moments.at(0)?.at ?? null, moments.at(-1)?.at ?? null];
  return sql<IncidentRow>(
    `SELECT i.id, i.title, i.severity, i.state, i.kind, i.opened_at AS "openedAt", i.closed_at AS "closedAt",
       (SELECT json_agg(e ->> 'at') FROM jsonb_array_elements(i.evidence) e) AS times
     FROM incidents i WHERE i.workspace_id = $1 AND i.agent_id = $2 AND i.opened_at <= $3
       AND (i.closed_at IS NULL OR i.closed_at >= $4) ORDER BY i.severity, i.id`,
    [workspaceId, agentId, newest, oldest],
  );
}

/** Those that a moment opened, or that took it in: evidence beyond what an incident keeps is told by its kind. */
export function incidentsOf(
  { at, signals }: MomentRow,
  incidents: readonly IncidentRow[],
): Moment['incidents'] {
  const kinds = new Set(signals.map(({ kind }) => kind));
  return incidents
    .filter(({ times, kind, openedAt, closedAt }) => {
      if (times?.includes(iso(at)) === true) return true;
      return kinds.has(kind) && openedAt <= at && (closedAt === null || closedAt >= at);
    })
    .map(({ id, title, severity, state }) => ({ id, title, severity, state }));
}

interface RestrictionRow {
  readonly id: string;
  readonly kind: RestrictionKind;
  readonly since: Date;
}

/** Restrictions that began with one of the moments. */
export function selectRestrictions(
  workspaceId: string,
  agentId: string,
  moments: readonly MomentRow[],
): Promise<RestrictionRow[]> {
  return sql<RestrictionRow>(
    `SELECT id, kind, since FROM agent_restrictions
     WHERE workspace_id = $1 AND agent_id = $2 AND since = ANY($3::timestamptz[]) ORDER BY id`,
    [workspaceId, agentId, moments.map(({ at }) => iso(at))],
  );
}

export function restrictionsOf(
  { at }: MomentRow,
  restrictions: readonly RestrictionRow[],
): Moment['restrictions'] {
  return restrictions
    .filter(({ since }) => since.getTime() === at.getTime())
    .map(({ id, kind }) => ({ id, kind, name: RESTRICTIONS[kind].name }));
}
