/**
 * A made-up call in the name of an agent, judged and written down as a real one would be, so that the two cannot be told apart: the
 * same function decides it, the same statements write it. Nothing else is done: it is no evidence, uses no budget and no grant,
 * and leaves no entry in the ledger.
 */
import { DomainError } from '@/lib/contracts';
import { send, type Sql } from '@/lib/db';
import { peekAtAgents, readSessions } from './agent-facts';
import { decideOne } from './decide-batch';
import { announce } from './decision-notes';
import { insertApprovals, insertDecisions, type DecisionRow } from './decision-rows';
import { isQuiet } from './evidence-of-action';
import type { Proposal } from './facts';
import type { Announcement } from './ledger-entries';
import { lockWorkspaceFacts } from './workspace-facts';

export interface SeededAction {
  readonly decisionId: string;
  readonly approvalId: string;
  readonly agentId: string;
  /** What a real one would announce. */
  readonly announcements: readonly Announcement[];
}

/** One that has to wait for a person. */
type Waiting = DecisionRow & { approval: { id: string; expiresAt: number } };

/**
 * Writes the first of the proposals that would wait for a person; one that would tell something bad of its agent comes last,
 * since nothing of that is written. The caller holds the workspace's epochs, and makes the announcements.
 *
 * @param now milliseconds since the epoch
 * @returns nothing when no proposal would wait for a person
 */
export async function seedAction(
  sql: Sql,
  workspaceId: string,
  proposals: readonly Proposal[],
  now: number,
): Promise<SeededAction | undefined> {
  const waiting = await judge(sql, workspaceId, proposals, now);
  const row = waiting.find(({ verdict }) => isQuiet(verdict.evidence)) ?? waiting[0];
  if (row === undefined) return undefined;
  const { proposal, verdict, approval } = row;
  await send(sql, insertDecisions([row]));
  await sql('UPDATE decisions SET seeded = true WHERE workspace_id = $1 AND id = $2', [
    workspaceId,
    verdict.id,
  ]);
  await send(sql, insertApprovals([row]));
  return {
    decisionId: verdict.id,
    approvalId: approval.id,
    agentId: proposal.agentId,
    announcements: announce(row),
  };
}

/** Each by itself. What leads to an incident is left out: there would be none. */
async function judge(
  sql: Sql,
  workspaceId: string,
  proposals: readonly Proposal[],
  now: number,
): Promise<Waiting[]> {
  const locked = await lockWorkspaceFacts(sql, workspaceId);
  // The customer's own decision point is told of nothing that is made up.
  const workspace = { ...locked, basePolicy: { ...locked.basePolicy, kind: 'none' as const } };
  const ids = [...new Set(proposals.map(({ agentId }) => agentId))];
  const agents = await peekAtAgents(sql, workspaceId, ids, now);
  const sessions = await readSessions(
    sql,
    workspaceId,
    proposals.flatMap(({ agentId, sessionId: id }) => (id === undefined ? [] : [{ agentId, id }])),
  );
  return proposals.flatMap((proposal): Waiting[] => {
    const row = decideOne({ workspace, agents: new Map(agents), sessions, now }, proposal);
    if (row instanceof DomainError || row.approval === undefined) return [];
    return row.verdict.assessment.opensIncident === null
      ? [{ ...row, approval: row.approval }]
      : [];
  });
}
