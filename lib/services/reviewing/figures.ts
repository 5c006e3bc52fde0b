/** Figures about verdicts over a window: of one person, or of a workspace without names. */
import type { ReviewerFigures } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { iso } from '@/lib/services/instants';
import { GIVEN_VERDICTS } from './given-verdicts';
import { FEWEST_TRIALS, FEWEST_VERDICTS, medianOf, shareOf } from './share';

/** What came later has this long to speak against a rejection, in days. */
const ALIKE_WITHIN_DAYS = 7;

export interface FiguresWindow {
  readonly workspaceId: string;
  /** Null for everybody in person. Programs that go back to nobody are left out: they do not tire. */
  readonly personId: string | null;
  readonly from: Date;
  readonly to: Date;
}

/**
 * Whether a column names whose figures are asked for: `$2` is `person:<id>`, who is also behind the keys that go back to them, or
 * null for every person.
 */
const whose = (by: string): string =>
  `($2::text IS NULL AND ${by} LIKE 'person:%' OR ${by} = $2 OR ${by} IN (
    SELECT 'key:' || k.id FROM api_keys k WHERE k.workspace_id = $1 AND 'person:' || k.author_person_id = $2))`;

/** Whose verdicts, over `v` (`GIVEN_VERDICTS`). */
export const OF_PERSON = whose('v.by');

/**
 * What spoke later against a verdict `v`, as a word, or null: feedback of somebody else that it was not right, an incident the
 * action led to, or the same call approved by somebody else soon after a rejection and then found right.
 */
export const CONTRADICTED_BY = `CASE
  WHEN v.outcome = 'approved' AND EXISTS (SELECT 1 FROM action_feedback f WHERE f.workspace_id = v.workspace_id
    AND f.agent_id = v.agent_id AND f.decision_id = v.decision_id AND f.verdict <> 'right' AND f.person <> v.by) THEN 'feedback'
  WHEN v.outcome = 'approved' AND EXISTS (SELECT 1 FROM incidents i WHERE i.workspace_id = v.workspace_id AND i.agent_id = v.agent_id
    AND i.opened_at > v.at AND i.evidence->>'decisionId' = v.decision_id::text) THEN 'incident'
  WHEN v.outcome = 'rejected' AND EXISTS (SELECT 1 FROM approvals o
      JOIN decisions od ON od.workspace_id = o.workspace_id AND od.id = o.decision_id
      JOIN decisions md ON md.workspace_id = v.workspace_id AND md.id = v.decision_id
      JOIN action_feedback f ON f.workspace_id = o.workspace_id AND f.decision_id = o.decision_id AND f.verdict = 'right'
    WHERE o.workspace_id = v.workspace_id AND o.agent_id = v.agent_id AND o.tool = v.tool AND o.state = 'approved'
      AND o.decided_by <> v.by AND o.edited_digest IS NULL AND f.person <> o.decided_by
      AND o.requested_at > v.requested_at AND o.decided_at < v.at + interval '${ALIKE_WITHIN_DAYS} days'
      AND od.arguments = md.arguments AND od.resource = md.resource) THEN 'rejected_alike'
  END`;

interface VerdictCounts {
  readonly verdicts: number;
  readonly approved: number;
  readonly contradicted: number;
  readonly toVerdict: number | null;
  readonly looked: number;
  readonly inSight: number | null;
}

async function countVerdicts(sql: Sql, window: FiguresWindow): Promise<VerdictCounts | undefined> {
  const [row] = await sql<VerdictCounts>(
    `SELECT count(*)::int AS verdicts, count(*) FILTER (WHERE v.outcome = 'approved')::int AS approved,
       count(${CONTRADICTED_BY})::int AS contradicted,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM v.at - v.requested_at)::float8) AS "toVerdict",
       count(l.seconds)::int AS looked, percentile_cont(0.5) WITHIN GROUP (ORDER BY l.seconds::float8) AS "inSight"
     FROM (${GIVEN_VERDICTS}) v LEFT JOIN approval_looks l ON l.workspace_id = v.workspace_id AND l.approval_id = v.id
       AND 'person:' || l.person_id = v.by
     WHERE v.workspace_id = $1 AND ${OF_PERSON} AND v.at >= $3 AND v.at < $4`,
    valuesOf(window),
  );
  return row;
}

/** Of two people who looked at one sample independently: whether both found it right, or neither did. */
async function countAgreement(sql: Sql, window: FiguresWindow) {
  const [row] = await sql<{ of: number; agreed: number }>(
    `SELECT count(*)::int AS of, count(*) FILTER (WHERE (f.verdict = 'right') = (o.verdict = 'right'))::int AS agreed
     FROM action_feedback f JOIN action_feedback o ON o.workspace_id = f.workspace_id AND o.sample_id = f.sample_id
       AND ($2::text IS NOT NULL AND o.id <> f.id OR o.id > f.id)
     WHERE f.workspace_id = $1 AND f.sample_id IS NOT NULL AND ($2::text IS NULL OR f.person = $2)
       AND greatest(f.given_at, o.given_at) >= $3 AND greatest(f.given_at, o.given_at) < $4`,
    valuesOf(window),
  );
  return row ?? { of: 0, agreed: 0 };
}

async function countCanaries(sql: Sql, window: FiguresWindow) {
  const [row] = await sql<{ of: number; caught: number }>(
    `SELECT count(*)::int AS of, count(*) FILTER (WHERE outcome = 'caught')::int AS caught FROM canaries
     WHERE workspace_id = $1 AND ${whose('judged_by')}
       AND outcome IN ('caught', 'missed') AND closed_at >= $3 AND closed_at < $4`,
    valuesOf(window),
  );
  return row ?? { of: 0, caught: 0 };
}

export function valuesOf({ workspaceId, personId, from, to }: FiguresWindow) {
  return [workspaceId, personId === null ? null : `person:${personId}`, from, to] as const;
}

/** The counts behind the figures, for whoever computes something else of them. */
export async function countsOf(sql: Sql, window: FiguresWindow) {
  const [verdicts, agreement, canaries] = await Promise.all([
    countVerdicts(sql, window),
    countAgreement(sql, window),
    countCanaries(sql, window),
  ]);
  return { verdicts, agreement, canaries };
}

export async function figuresOf(sql: Sql, window: FiguresWindow): Promise<ReviewerFigures> {
  const { verdicts, agreement, canaries } = await countsOf(sql, window);
  const given = verdicts?.verdicts ?? 0;
  return {
    from: iso(window.from),
    to: iso(window.to),
    verdicts: given,
    approved: shareOf(verdicts?.approved ?? 0, given, FEWEST_VERDICTS),
    toVerdict: medianOf(verdicts?.toVerdict ?? null, given, FEWEST_VERDICTS),
    inSight: medianOf(verdicts?.inSight ?? null, verdicts?.looked ?? 0, FEWEST_VERDICTS),
    agreement: shareOf(agreement.agreed, agreement.of, FEWEST_TRIALS),
    contradicted: shareOf(verdicts?.contradicted ?? 0, given, FEWEST_VERDICTS),
    canaries: shareOf(canaries.caught, canaries.of, FEWEST_TRIALS),
  };
}
