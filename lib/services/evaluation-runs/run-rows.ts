/** The rows of evaluation runs. */
import type { Dimension, EvaluationRunInput } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import type { RunScore } from '@/lib/trust';

/** A run as it is recorded. */
export interface Run {
  readonly workspaceId: string;
  readonly agentId: string;
  readonly id: string;
  readonly suite: string;
  readonly at: Date;
  readonly checks: EvaluationRunInput['checks'];
}

/** Dimensions of a run in one row each. */
export function scoresOf({ at, checks }: Pick<Run, 'at' | 'checks'>): RunScore[] {
  const dimensions = [...new Set(checks.map(({ dimension }) => dimension))];
  return dimensions.map((dimension) => {
    const own = checks.filter((check) => check.dimension === dimension);
    const points = own.reduce((sum, check) => sum + (check.score ?? (check.passed ? 1 : 0)), 0);
    return {
      dimension,
      at: at.getTime(),
      passed: own.filter(({ passed }) => passed).length,
      total: own.length,
      score: points / own.length,
    };
  });
}

export async function insertScores(
  sql: Sql,
  { workspaceId, agentId, id }: Run,
  scores: readonly RunScore[],
  now: Date,
): Promise<void> {
  await sql(
    `INSERT INTO evaluation_scores (workspace_id, agent_id, run_id, dimension, at, received_at, passed, total, score)
     SELECT $1, $2, $3, s.dimension, s.at, $9, s.passed, s.total, s.score
     FROM unnest($4::text[], $5::timestamptz[], $6::int[], $7::int[], $8::float8[]) AS s (dimension, at, passed, total, score)`,
    [
      workspaceId,
      agentId,
      id,
      scores.map(({ dimension }) => dimension),
      scores.map(({ at }) => new Date(at)),
      scores.map(({ passed }) => passed),
      scores.map(({ total }) => total),
      scores.map(({ score }) => score),
      now,
    ],
  );
}

export interface Regression {
  readonly dimension: Dimension;
  readonly checkId: string;
  readonly passedIn: string;
}

/** Checks of this run that fail and passed the last time they ran. A run that arrives late tells nothing of the present. */
export async function findRegressions(sql: Sql, run: Run): Promise<Regression[]> {
  const failed = run.checks.filter(({ passed }) => !passed);
  if (failed.length === 0) return [];
  return sql<Regression>(
    `SELECT e.dimension, e.check_id AS "checkId", e.run_id AS "passedIn" FROM evaluation_checks e
     JOIN unnest($4::text[], $5::text[]) AS f (dimension, check_id) ON f.dimension = e.dimension AND f.check_id = e.check_id
     WHERE e.workspace_id = $1 AND e.agent_id = $2 AND e.suite = $3 AND e.passed AND e.at <= $6
     ORDER BY e.dimension, e.check_id`,
    [
      run.workspaceId,
      run.agentId,
      run.suite,
      failed.map(({ dimension }) => dimension),
      failed.map(({ id }) => id),
      run.at,
    ],
  );
}

/** Keeps the newest result of each check. */
export async function keepResults(sql: Sql, run: Run): Promise<void> {
  await sql(
    `INSERT INTO evaluation_checks (workspace_id, agent_id, suite, dimension, check_id, passed, run_id, at)
     SELECT $1, $2, $3, c.dimension, c.check_id, c.passed, $7, $8
     FROM unnest($4::text[], $5::text[], $6::boolean[]) AS c (dimension, check_id, passed)
     ON CONFLICT (workspace_id, agent_id, suite, dimension, check_id) DO UPDATE
       SET passed = excluded.passed, run_id = excluded.run_id, at = excluded.at WHERE evaluation_checks.at <= excluded.at`,
    [
      run.workspaceId,
      run.agentId,
      run.suite,
      run.checks.map(({ dimension }) => dimension),
      run.checks.map(({ id }) => id),
      run.checks.map(({ passed }) => passed),
      run.id,
      run.at,
    ],
  );
}

/** The runs of an agent in the `days` before `now`. */
export async function readScores(
  sql: Sql,
  workspaceId: string,
  agentId: string,
  now: Date,
  days: number,
): Promise<RunScore[]> {
  const rows = await sql<Omit<RunScore, 'at'> & { at: Date }>(
    `SELECT dimension, at, passed, total, score FROM evaluation_scores
     WHERE workspace_id = $1 AND agent_id = $2 AND at > $3::timestamptz - make_interval(days => $4) ORDER BY at`,
    [workspaceId, agentId, now, days],
  );
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}
