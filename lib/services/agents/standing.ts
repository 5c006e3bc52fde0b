import { DIMENSIONS, type AgentDetail, type Pact } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { daysOf } from '@/lib/services/evaluation-runs/judge';
import { readScores } from '@/lib/services/evaluation-runs/run-rows';
import { iso } from '@/lib/services/instants';
import { badgesOf, commitmentsOf, measure } from '@/lib/trust';

type Standing = Pick<AgentDetail, 'dimensions' | 'badges' | 'commitments'>;

/** What checks say of an agent: its dimensions over 30 days, the badges it has earned, and whether it keeps its commitments. */
export async function standingOf(
  agent: { readonly workspaceId: string; readonly id: string; readonly score: number },
  pact: Pact,
  now: Date,
): Promise<Standing> {
  const { workspaceId, id } = agent;
  const [runs, incidents, since] = await Promise.all([
    readScores(sql, workspaceId, id, now, daysOf(pact)),
    recentIncidents(workspaceId, id, now),
    commitmentsSince(workspaceId, id),
  ]);
  const time = now.getTime();
  return {
    dimensions: DIMENSIONS.map((dimension) => {
      const { at, ...measured } = measure(runs, dimension, time);
      return { dimension, ...measured, at: at === null ? null : iso(new Date(at)) };
    }),
    badges: badgesOf(runs, incidents, time).map(({ since: from, expiresAt, ...badge }) => ({
      ...badge,
      since: iso(new Date(from)),
      expiresAt: iso(new Date(expiresAt)),
    })),
    commitments: commitmentsOf(pact, { runs, score: agent.score }, time).map((commitment) => {
      const kept = since.get(commitment.name);
      return { ...commitment, since: kept?.state === commitment.state ? iso(kept.since) : null };
    }),
  };
}

async function recentIncidents(workspaceId: string, agentId: string, now: Date) {
  const rows = await sql<{ kind: string; opened_at: Date }>(
    `SELECT kind, opened_at FROM incidents
     WHERE workspace_id = $1 AND agent_id = $2 AND opened_at > $3::timestamptz - interval '30 days'`,
    [workspaceId, agentId, now],
  );
  return rows.map(({ kind, opened_at: openedAt }) => ({ kind, openedAt: openedAt.getTime() }));
}

async function commitmentsSince(workspaceId: string, agentId: string) {
  const rows = await sql<{ name: string; state: string; since: Date }>(
    'SELECT name, state, since FROM commitment_states WHERE workspace_id = $1 AND agent_id = $2',
    [workspaceId, agentId],
  );
  return new Map(rows.map(({ name, ...row }) => [name, row]));
}
