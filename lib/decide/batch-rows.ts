/** The rows that a batch of decisions writes, one statement a table. */
import type { Statement } from '@/lib/db';
import { signalRow } from './apply-signals';
import {
  insertApprovals,
  insertDecisions,
  insertPermits,
  permitOf,
  type DecisionRow,
} from './decision-rows';
import { isQuiet } from './evidence-of-action';
import type { AgentFacts, WorkspaceFacts } from './facts';
import { insertScorePoints, insertSignals } from './trust-rows';
import { updateActivities, updateTrustStates } from './trust-states';

export const decisionStatements = (rows: readonly DecisionRow[]): Statement[] => [
  ...insertDecisions(rows),
  ...insertApprovals(
    rows.flatMap((row) => (row.approval === undefined ? [] : [{ ...row, approval: row.approval }])),
  ),
  ...insertPermits(
    rows.flatMap((row) =>
      row.permit === undefined ? [] : [permitOf({ ...row, permit: row.permit })],
    ),
  ),
];

/** One state and one point of the score an agent and batch: what the last of its actions left. */
export function trustStatements(
  workspace: WorkspaceFacts,
  rows: readonly DecisionRow[],
  agents: ReadonlyMap<string, AgentFacts>,
  now: number,
): Statement[] {
  const telling = rows.filter(({ verdict }) => !isQuiet(verdict.evidence));
  const signals = telling.flatMap(({ proposal, verdict }) =>
    verdict.evidence.map((item) =>
      signalRow(
        workspace.id,
        proposal.agentId,
        { ...item, decisionId: verdict.id },
        verdict.assessment,
      ),
    ),
  );
  const last = new Map(rows.map(({ proposal, verdict }) => [proposal.agentId, verdict]));
  const states = [...last].map(([agentId, { assessment, activity }]) => ({
    workspaceId: workspace.id,
    agentId,
    state: agents.get(agentId)?.state ?? assessment.state,
    reading: assessment.reading,
    rung: assessment.rung,
    activity: agents.get(agentId)?.activity ?? activity,
  }));
  const links = new Set(
    rows.flatMap(({ verdict }) => verdict.counted.map(({ agentId }) => agentId)),
  );
  const counted = [...links]
    .filter((agentId) => !last.has(agentId))
    .map((agentId) => ({
      workspaceId: workspace.id,
      agentId,
      activity: agents.get(agentId)?.activity ?? null,
    }));
  return [
    ...insertSignals(signals),
    ...updateTrustStates(states),
    ...updateActivities(counted),
    ...insertScorePoints(
      states.map((row) => ({ ...row, at: now, ladderVersion: workspace.ladder.version })),
    ),
  ];
}

/** Written at most twice a minute an agent: a list of agents does not need more. */
const TOUCH_AFTER_MS = 30_000;

export function touchStatements(
  workspaceId: string,
  rows: readonly DecisionRow[],
  agents: ReadonlyMap<string, AgentFacts>,
  now: number,
): Statement[] {
  const stale = [...new Set(rows.map(({ proposal }) => proposal.agentId))].sort().filter((id) => {
    const lastSeenAt = agents.get(id)?.lastSeenAt ?? null;
    return lastSeenAt === null || lastSeenAt < now - TOUCH_AFTER_MS;
  });
  if (stale.length === 0) return [];
  const text = `UPDATE agents SET last_seen_at = $3 WHERE workspace_id = $1 AND id = ANY($2::uuid[])`;
  return [{ text, values: [workspaceId, stale, new Date(now)] }];
}
