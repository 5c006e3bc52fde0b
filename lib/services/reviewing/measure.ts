/** Measures what the verdicts of each reviewer count for. A chore, so that no verdict waits for it. */
import { personBehind, type ConsoleActor } from '@/lib/auth';
import { sql as query, type Sql } from '@/lib/db';
import { countsOf } from './figures';
import { GIVEN_VERDICTS } from './given-verdicts';
import { evidenceOf, weightOf } from './weight';

const WINDOW_MS = 90 * 86_400_000;

/**
 * Everybody who gave a verdict or looked at a sample in 90 days.
 *
 * @param now milliseconds since the epoch
 */
export async function measureReviewers(now: number): Promise<void> {
  const since = new Date(now - WINDOW_MS);
  const people = await query<{ workspaceId: string; person: string }>(
    `SELECT DISTINCT found.workspace_id AS "workspaceId", coalesce('person:' || k.author_person_id, found.person) AS person FROM (
       SELECT workspace_id, judged_by AS person FROM canaries WHERE judged_by IS NOT NULL AND closed_at > $1
       UNION ALL SELECT workspace_id, person FROM action_feedback WHERE sample_id IS NOT NULL AND given_at > $1
       UNION ALL SELECT w.id, d.person FROM workspaces w JOIN LATERAL (SELECT DISTINCT v.by AS person FROM (${GIVEN_VERDICTS}) v
         WHERE v.workspace_id = w.id AND v.at > $1) d ON true) found
       LEFT JOIN api_keys k ON k.workspace_id = found.workspace_id AND 'key:' || k.id = found.person
     WHERE coalesce('person:' || k.author_person_id, found.person) LIKE 'person:%' ORDER BY 1, 2`,
    [since],
  );
  for (const { workspaceId, person } of people)
    await measure(query, workspaceId, person.slice('person:'.length), now);
}

/** One person. What is stored is what verdicts are weighed with from then on. */
export async function measure(
  sql: Sql,
  workspaceId: string,
  personId: string,
  now: number,
): Promise<void> {
  const to = new Date(now + 1);
  const window = { workspaceId, personId, from: new Date(now - WINDOW_MS), to };
  const { verdicts, agreement, canaries } = await countsOf(sql, window);
  const evidence = evidenceOf({
    caught: canaries.caught,
    missed: canaries.of - canaries.caught,
    agreed: agreement.agreed,
    disagreed: agreement.of - agreement.agreed,
    contradicted: verdicts?.contradicted ?? 0,
  });
  await sql(
    `INSERT INTO reviewer_weights (workspace_id, person_id, weight, good, bad, measured_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (workspace_id, person_id) DO UPDATE SET weight = excluded.weight, good = excluded.good, bad = excluded.bad,
       measured_at = excluded.measured_at`,
    [workspaceId, personId, weightOf(evidence), evidence.good, evidence.bad, new Date(now)],
  );
}

/** What is stored of a person; weight 1 while nothing is. */
export async function readWeight(
  sql: Sql,
  workspaceId: string,
  personId: string,
): Promise<{ weight: number; good: number; bad: number }> {
  const [row] = await sql<{ weight: number; good: number; bad: number }>(
    'SELECT weight, good, bad FROM reviewer_weights WHERE workspace_id = $1 AND person_id = $2',
    [workspaceId, personId],
  );
  return row ?? { weight: 1, good: 0, bad: 0 };
}

/**
 * The magnitude of signals that a person's verdict gives, ready to be spread into one: absent for a full one, so that a verdict that
 * counts in full leaves the bytes it always left. Through their keys a person gives the same. Programs that go back to nobody count
 * in full.
 */
export async function magnitudeOf(sql: Sql, actor: ConsoleActor): Promise<{ magnitude?: number }> {
  const person = personBehind(actor);
  if (person === null || person.personId === null) return {};
  const { weight } = await readWeight(sql, actor.workspaceId, person.personId);
  return weight === 1 ? {} : { magnitude: weight };
}
