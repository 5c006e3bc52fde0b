import { requirePermission } from '@/lib/auth';
import { approvalListQuerySchema, type Overview } from '@/lib/contracts';
import { sql } from '@/lib/db';
import {
  selectAgents,
  selectSwitchesInForce,
  serializeAgent,
} from '@/lib/services/agents/agent-rows';
import { listApprovals } from '@/lib/services/approvals/list';
import type { ServiceContext } from '@/lib/services/context';
import { LISTED } from '@/lib/services/decisions/listed';
import { listDecisions } from '@/lib/services/decisions/list';
import {
  INCIDENT_COLUMNS,
  INCIDENT_TABLES,
  serializeIncident,
  type IncidentRow,
} from '@/lib/services/incidents/serialize';
import { iso } from '@/lib/services/instants';
import { listKillSwitches } from '@/lib/services/kill-switches/list';
import { countByRung } from '@/lib/services/ladders/list';

const MOVERS = 6;
const LATEST = 12;

/** Who may do what right now, what waits, what moved: one answer. */
export async function getOverview(context: ServiceContext): Promise<Overview> {
  const { actor, now } = context;
  requirePermission(actor, 'workspace.read');
  const [byRung, queue, movers, switches, incidents, last24h, latest] = await Promise.all([
    countByRung(actor.workspaceId, now),
    listApprovals(context, approvalListQuerySchema.parse({ limit: 1 })),
    selectMovers(context),
    listKillSwitches(context, { limit: 100 }),
    selectOpenIncidents(actor.workspaceId),
    selectLastDay(actor.workspaceId, now),
    listDecisions(context, { limit: LATEST }),
  ]);
  return {
    at: iso(now),
    agents: Object.values(byRung).reduce((sum, count) => sum + count, 0),
    byRung,
    pending: { count: queue.counts.pending, oldest: queue.items[0] ?? null },
    movers,
    switches: switches.items.filter(({ inForce }) => inForce),
    incidents,
    last24h,
    latest: latest.items,
  };
}

async function selectMovers({ actor, now }: ServiceContext): Promise<Overview['movers']> {
  const [rows, switches] = await Promise.all([
    selectAgents(sql, actor.workspaceId, now, {
      where: [`a.status <> 'revoked'`, 'abs(t.score - before.score) >= 0.005'],
      orderBy: 'abs(t.score - before.score) DESC, a.id',
      limit: MOVERS,
    }),
    selectSwitchesInForce(sql, actor.workspaceId),
  ]);
  return rows.map((row) => serializeAgent(row, switches, now));
}

async function selectOpenIncidents(workspaceId: string): Promise<Overview['incidents']> {
  const rows = await sql<IncidentRow>(
    `SELECT ${INCIDENT_COLUMNS} FROM ${INCIDENT_TABLES} WHERE i.workspace_id = $1 AND i.state <> 'closed'
     ORDER BY i.severity, i.opened_at DESC LIMIT 10`,
    [workspaceId],
  );
  return rows.map(serializeIncident);
}

async function selectLastDay(workspaceId: string, now: Date): Promise<Overview['last24h']> {
  const values = [workspaceId, now] as const;
  const [outcomes, [verdicts]] = await Promise.all([
    sql<{ outcome: string; count: number }>(
      `SELECT outcome, count(*)::int AS count FROM decisions d
       WHERE workspace_id = $1 AND id >= belay_uuid_at($2::timestamptz - interval '24 hours') AND ${LISTED('d')}
       GROUP BY outcome`,
      values,
    ),
    sql<{ median: number | null }>(
      `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM decided_at - requested_at)::float8) AS median
       FROM approvals WHERE workspace_id = $1 AND decided_at > $2::timestamptz - interval '24 hours'`,
      values,
    ),
  ]);
  return {
    decisions: outcomes.reduce((sum, { count }) => sum + count, 0),
    byOutcome: Object.fromEntries(outcomes.map(({ outcome, count }) => [outcome, count])),
    medianVerdictSeconds: verdicts?.median ?? null,
  };
}
