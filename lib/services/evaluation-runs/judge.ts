/** What results of checks amount to: incidents for broken rules, and whether the commitments of the pact hold. */
import type { Commitment, Dimension, Pact } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import {
  currentLadder,
  incidentOfRule,
  writeConsequences,
  type Announcement,
  type LedgerNote,
} from '@/lib/decide';
import { accuracyFloor, brokenRules, commitmentsOf, type BrokenRule } from '@/lib/trust';
import { readScores } from './run-rows';

/** Days that are looked at when no commitment asks for more. */
const LEAST_DAYS = 30;

interface Judged {
  readonly workspaceId: string;
  readonly agentId: string;
  readonly now: Date;
}

export interface Judgement {
  readonly notes: LedgerNote[];
  readonly announcements: Announcement[];
}

/** How far back the commitments of a pact look, in days. */
export const daysOf = ({ commitments = [] }: Pick<Pact, 'commitments'>): number =>
  Math.max(LEAST_DAYS, ...commitments.map(({ overDays }) => Math.min(overDays, 3_660)));

/** The pact in force and the composite of an agent whose trust state the caller has locked. */
async function readAgent(sql: Sql, { workspaceId, agentId }: Judged) {
  const [row] = await sql<{ pact: Pact; score: number }>(
    `SELECT p.body AS pact, t.score FROM agents a
     JOIN pacts p ON p.workspace_id = a.workspace_id AND p.agent_id = a.id AND p.version = a.pact_version
     JOIN trust_states t ON t.workspace_id = a.workspace_id AND t.agent_id = a.id
     WHERE a.workspace_id = $1 AND a.id = $2`,
    [workspaceId, agentId],
  );
  return row ?? { pact: { tools: [] }, score: 0 };
}

/**
 * Judges an agent whose trust state the caller has locked.
 *
 * @param counts whether a rule that is broken is to be told of; by its dimension alone a run that failed nothing tells of none
 * @param because what the incident's evidence names as its cause
 */
export async function judge(
  sql: Sql,
  judged: Judged,
  counts: (broken: BrokenRule) => boolean | Promise<boolean>,
  because: Readonly<Record<string, unknown>> = {},
): Promise<Judgement> {
  const { workspaceId, agentId, now } = judged;
  const { pact, score } = await readAgent(sql, judged);
  const runs = await readScores(sql, workspaceId, agentId, now, daysOf(pact));
  const at = now.toISOString();
  const incidents = [];
  const { minimumSafetyChecks } = (await currentLadder(sql, workspaceId)).body;
  const limits = { floor: accuracyFloor(pact), minimumSafetyChecks };
  for (const broken of brokenRules(runs, now.getTime(), limits))
    if (await counts(broken))
      incidents.push(incidentOfRule(broken.rule, { at, ...broken, ...because }));
  const reaction = { incidents, restrictions: [] };
  const written = await writeConsequences(sql, workspaceId, [{ agentId, reaction }], now.getTime());
  const commitments = commitmentsOf(pact, { runs, score }, now.getTime());
  const tracked = await trackCommitments(sql, judged, commitments);
  return {
    notes: [...written.notes, ...tracked.notes],
    announcements: [...written.announcements, ...tracked.announcements],
  };
}

/** Keeps since when each commitment is kept or broken, and notes every change between the two. */
async function trackCommitments(
  sql: Sql,
  { workspaceId, agentId, now }: Judged,
  commitments: readonly Commitment[],
): Promise<Judgement> {
  const changed = await sql<{ name: string; state: string }>(
    `INSERT INTO commitment_states AS c (workspace_id, agent_id, name, state, since)
     SELECT DISTINCT ON (n.name) $1::uuid, $2::uuid, n.name, n.state, $5::timestamptz FROM unnest($3::text[], $4::text[]) AS n (name, state)
     ON CONFLICT (workspace_id, agent_id, name) DO UPDATE SET state = excluded.state, since = excluded.since
       WHERE c.state <> excluded.state
     RETURNING name, state`,
    [
      workspaceId,
      agentId,
      commitments.map(({ name }) => name),
      commitments.map(({ state }) => state),
      now,
    ],
  );
  const notes = changed
    .filter(({ state }) => state !== 'unknown')
    .map(({ name, state }): LedgerNote => {
      const { value = null, measure = '' } = commitments.find((item) => item.name === name) ?? {};
      return {
        kind: `commitment.${state}`,
        actor: 'belay',
        subject: `agent:${agentId}`,
        body: { name, measure, value },
      };
    });
  if (notes.length === 0) return { notes, announcements: [] };
  return { notes, announcements: [{ type: 'agent.changed', agentId, subjectId: agentId }] };
}

/** Whether results of a dimension came in since the last incident of a kind was open: what a person has closed stays closed. */
export async function newsSince(
  sql: Sql,
  { workspaceId, agentId }: Judged,
  kind: string,
  dimension: Dimension,
): Promise<boolean> {
  const rows = await sql(
    `SELECT 1 FROM evaluation_scores s WHERE s.workspace_id = $1 AND s.agent_id = $2 AND s.dimension = $4
       AND NOT EXISTS (SELECT 1 FROM incidents i WHERE i.workspace_id = s.workspace_id AND i.agent_id = s.agent_id
         AND i.kind = $3 AND (i.state <> 'closed' OR i.closed_at >= s.received_at)) LIMIT 1`,
    [workspaceId, agentId, kind, dimension],
  );
  return rows.length > 0;
}
