import { requirePermission } from '@/lib/auth';
import { notFound, type AgentDetail, type Pact } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { currentLadder } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { LISTED } from '@/lib/services/decisions/listed';
import { requireId } from '@/lib/services/ids';
import { iso } from '@/lib/services/instants';
import { restrictionsInForce } from '@/lib/services/restrictions/list';
import { defaultTrustConfig, nextRung, readTrust, type Ladder } from '@/lib/trust';
import { selectKeys } from './list-keys';
import { standingOf } from './standing';
import { selectAgents, selectSwitchesInForce, serializeAgent, type AgentRow } from './agent-rows';

/** @throws DomainError `not_found` for an agent of another workspace as for one that does not exist */
export async function getAgent(context: ServiceContext, id: string): Promise<AgentDetail> {
  requirePermission(context.actor, 'workspace.read');
  return readAgentDetail(context, id);
}

/** The same for a caller whose right to see this agent was checked already. */
export async function readAgentDetail(
  { actor, now }: { readonly actor: { readonly workspaceId: string }; readonly now: Date },
  id: string,
): Promise<AgentDetail> {
  const agentId = requireId(id, 'agent');
  const [row] = await selectAgents(sql, actor.workspaceId, now, {
    where: ['a.id = $3'],
    values: [agentId],
    orderBy: 'a.id',
    limit: 1,
  });
  if (row === undefined) throw notFound('agent');
  const [switches, ladder, pact, keys, versions, counts, restrictions] = await Promise.all([
    selectSwitchesInForce(sql, actor.workspaceId),
    currentLadder(sql, actor.workspaceId),
    selectPact(actor.workspaceId, row),
    selectKeys({ workspaceId: actor.workspaceId, agentId, now }),
    selectVersions(actor.workspaceId, agentId),
    selectCounts(actor.workspaceId, agentId),
    restrictionsInForce(actor.workspaceId, agentId, now),
  ]);
  const agent = serializeAgent(row, switches, now);
  const { score } = agent.trust;
  return {
    ...agent,
    ...(await standingOf({ workspaceId: actor.workspaceId, id: agentId, score }, pact, now)),
    scoreVelocity: { last7Days: agent.change7d },
    pact,
    pactVersion: row.pactVersion,
    keys,
    versions,
    restrictions,
    nextRung: missingForNextRung(row, ladder.body, now),
    ladder: { version: ladder.version, rungs: ladder.body.rungs },
    counts,
  };
}

function missingForNextRung(row: AgentRow, ladder: Ladder, now: Date): string[] {
  const reading = readTrust(row.state, defaultTrustConfig, now.getTime());
  const options = { ladder, now: now.getTime(), openIncident: row.openIncidents > 0 };
  return [...(nextRung(row.state, reading, options)?.missing ?? [])];
}

async function selectPact(workspaceId: string, agent: AgentRow): Promise<Pact> {
  const [row] = await sql<{ body: Pact }>(
    'SELECT body FROM pacts WHERE workspace_id = $1 AND agent_id = $2 AND version = $3',
    [workspaceId, agent.id, agent.pactVersion],
  );
  return row?.body ?? { tools: [] };
}

async function selectVersions(
  workspaceId: string,
  agentId: string,
): Promise<AgentDetail['versions']> {
  const rows = await sql<{ version: string; at: Date }>(
    'SELECT version, first_seen_at AS at FROM agent_versions WHERE workspace_id = $1 AND agent_id = $2 ORDER BY first_seen_at DESC',
    [workspaceId, agentId],
  );
  return rows.map(({ version, at }) => ({ version, firstSeenAt: iso(at) }));
}

async function selectCounts(workspaceId: string, agentId: string): Promise<AgentDetail['counts']> {
  const values = [workspaceId, agentId] as const;
  const [outcomes, [rest]] = await Promise.all([
    sql<{ outcome: string; count: number }>(
      `SELECT outcome, count(*)::int AS count FROM decisions d WHERE workspace_id = $1 AND agent_id = $2 AND ${LISTED('d')} GROUP BY outcome`,
      values,
    ),
    sql<{ sessions: number; approved: number; rejected: number }>(
      `SELECT (SELECT count(*)::int FROM sessions WHERE workspace_id = $1 AND agent_id = $2) AS sessions,
         count(*) FILTER (WHERE state = 'approved')::int AS approved, count(*) FILTER (WHERE state = 'rejected')::int AS rejected
       FROM approvals WHERE workspace_id = $1 AND agent_id = $2`,
      values,
    ),
  ]);
  return {
    decisions: outcomes.reduce((sum, { count }) => sum + count, 0),
    byOutcome: Object.fromEntries(outcomes.map(({ outcome, count }) => [outcome, count])),
    sessions: rest?.sessions ?? 0,
    approved: rest?.approved ?? 0,
    rejected: rest?.rejected ?? 0,
  };
}
