/** The rows behind samples: what ran, who has looked at it, and where it stands. */
import type { ConsoleActor } from '@/lib/auth';
import type { FeedbackVerdict, Review, Risk } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import type { Party } from '@/lib/decide';
import {
  mayGive,
  partiesOfActions,
  type ExecutedAction,
} from '@/lib/services/feedback/feedback-rows';
import { iso } from '@/lib/services/instants';

/** After this a sample that nobody looked at is left: the memory of what happened has gone. */
export const LAPSES_AFTER_DAYS = 14;

export interface ReviewRow extends ExecutedAction {
  readonly sampleId: string;
  readonly drawnAt: Date;
  readonly doneAt: Date | null;
  readonly chance: number;
  readonly wanted: 1 | 2;
  readonly given: number;
  readonly resource: Review['resource'];
  readonly risk: Risk;
  readonly decidedAt: Date;
  readonly executionStatus: Review['executionStatus'];
  readonly mine: FeedbackVerdict | null;
}

/** The columns of a `ReviewRow`, over REVIEW_TABLES. `$1` is the workspace, `$2` who asks (`speaksAs`). */
export const REVIEW_COLUMNS = `s.id AS "sampleId", s.drawn_at AS "drawnAt", s.done_at AS "doneAt", s.chance, s.wanted,
  (SELECT count(*)::int FROM action_feedback f WHERE f.workspace_id = s.workspace_id AND f.sample_id = s.id) AS given,
  m.verdict AS mine, d.id, d.agent_id AS "agentId", a.name AS "agentName", a.owner, a.owner_person_id AS "ownerPersonId", d.tool,
  d.outcome, d.state, NULL::timestamptz AS "approvalExpiresAt", d.session_id AS "sessionId", d.asked_with AS "askedWith",
  jsonb_build_object('type', d.resource->'type', 'id', d.resource->'id') AS resource, coalesce(t.risk, 'high') AS risk,
  d.decided_at AS "decidedAt", d.execution_status AS "executionStatus"`;
export const REVIEW_TABLES = `review_samples s
  JOIN decisions d ON d.workspace_id = s.workspace_id AND d.id = s.decision_id
  JOIN agents a ON a.workspace_id = s.workspace_id AND a.id = s.agent_id
  LEFT JOIN tools t ON t.workspace_id = s.workspace_id AND t.name = d.tool
  LEFT JOIN action_feedback m ON m.workspace_id = s.workspace_id AND m.decision_id = s.decision_id AND m.person = $2`;

const lapsedBefore = (now: Date) => new Date(now.getTime() - LAPSES_AFTER_DAYS * 86_400_000);

export function reviewState(
  { doneAt, drawnAt }: Pick<ReviewRow, 'doneAt' | 'drawnAt'>,
  now: Date,
): Review['state'] {
  if (doneAt !== null) return 'done';
  return drawnAt <= lapsedBefore(now) ? 'lapsed' : 'open';
}

/** With everybody who has a part in the action. */
export interface JudgedRow extends ReviewRow {
  readonly parties: readonly Party[];
}

/** The samples with everybody who has a part in their actions. */
export async function withParties(
  sql: Sql,
  workspaceId: string,
  rows: readonly ReviewRow[],
): Promise<JudgedRow[]> {
  const parties = await partiesOfActions(sql, workspaceId, rows);
  return rows.map((row, index) => ({ ...row, parties: parties[index] ?? [] }));
}

export function serializeReview(actor: ConsoleActor, row: JudgedRow, now: Date): Review {
  return {
    id: row.sampleId,
    state: reviewState(row, now),
    drawnAt: iso(row.drawnAt),
    chance: row.chance,
    wanted: row.wanted,
    given: row.given,
    decisionId: row.id,
    agent: { id: row.agentId, name: row.agentName, owner: row.owner },
    tool: row.tool,
    resource: row.resource,
    risk: row.risk,
    decidedAt: iso(row.decidedAt),
    executionStatus: row.executionStatus,
    mine: row.mine,
    mayReview: mayReview(actor, row, now),
  };
}

const CLOSED: Readonly<Record<Exclude<Review['state'], 'open'>, string>> = {
  done: 'This sample has all the looks it needs.',
  lapsed: `Nobody looked at this within ${LAPSES_AFTER_DAYS} days. That counts neither for nor against the agent.`,
};

function mayReview(actor: ConsoleActor, row: JudgedRow, now: Date): Review['mayReview'] {
  const state = reviewState(row, now);
  if (row.mine === null && state !== 'open') return { allowed: false, why: CLOSED[state] };
  return mayGive(actor, row, { said: row.mine !== null, parties: row.parties }, now);
}
