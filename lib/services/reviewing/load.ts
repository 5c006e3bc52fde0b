/** How much somebody has decided lately: a pause that is proposed, and a limit that holds. */
import { actorRef, personBehind, requirePermission, type ConsoleActor } from '@/lib/auth';
import { DomainError, type ReviewingLoad, type Risk, type VigilanceBody } from '@/lib/contracts';
import { sql as query, type Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { iso } from '@/lib/services/instants';
import { readVigilanceBody } from '@/lib/services/vigilance/settings';
import { GIVEN_VERDICTS } from './given-verdicts';

const HOUR_MS = 3_600_000;
/** Verdicts the median is taken over. */
const LAST = 10;
/** Risks the limit is about. */
const LIMITED: readonly Risk[] = ['high', 'critical'];

/** Verdicts of a person, in person and through keys that go back to them, those on canaries too. `$1` workspace, `$2` whose. */
const VERDICTS = `SELECT g.id, g.risk, g.at FROM (${GIVEN_VERDICTS}) g WHERE g.workspace_id = $1 AND g.by = ANY($2::text[])
  UNION ALL SELECT ap.id, ap.risk, c.closed_at FROM canaries c JOIN approvals ap ON ap.workspace_id = c.workspace_id
    AND ap.id = c.approval_id WHERE c.workspace_id = $1 AND c.judged_by = ANY($2::text[])`;

/** What whoever asks has decided lately, and whether a pause would be wise. @throws DomainError `forbidden` */
export async function getLoad({ actor, now }: ServiceContext): Promise<ReviewingLoad> {
  requirePermission(actor, 'approvals.decide');
  const settings = await readVigilanceBody(query, actor.workspaceId);
  const refs = await refsOf(query, actor);
  const [verdicts, medianSeconds, limit] = await Promise.all([
    countSince(actor.workspaceId, refs, minutesBefore(now, settings.pauseWithinMinutes)),
    medianOfLast(actor, refs, minutesBefore(now, settings.pauseWithinMinutes)),
    readLimit(query, actor.workspaceId, refs, settings, now),
  ]);
  const load = { verdicts, minutes: settings.pauseWithinMinutes, medianSeconds };
  return { ...load, pause: pauseOf(load, settings), limit };
}

const minutesBefore = (now: Date, minutes: number) => new Date(now.getTime() - minutes * 60_000);

/** Why a pause is proposed. Pure. */
export function pauseOf(
  { verdicts, medianSeconds }: Pick<ReviewingLoad, 'verdicts' | 'medianSeconds'>,
  {
    pauseAfterVerdicts: many,
    pauseUnderSeconds: quick,
  }: Pick<VigilanceBody, 'pauseAfterVerdicts' | 'pauseUnderSeconds'>,
): ReviewingLoad['pause'] {
  if (many > 0 && verdicts >= many) return 'many';
  if (quick > 0 && medianSeconds !== null && medianSeconds <= quick) return 'quick';
  return null;
}

/** The person and all keys that go back to them; a key of the command line is itself. */
async function refsOf(sql: Sql, actor: ConsoleActor): Promise<string[]> {
  const person = personBehind(actor);
  if (person === null) return [actorRef(actor)];
  const keys = await sql<{ id: string }>(
    'SELECT id FROM api_keys WHERE workspace_id = $1 AND author_person_id = $2',
    [actor.workspaceId, person.personId],
  );
  return [`person:${person.personId}`, ...keys.map(({ id }) => `key:${id}`)];
}

async function countSince(workspaceId: string, refs: string[], since: Date): Promise<number> {
  const [row] = await query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (${VERDICTS}) v WHERE v.at > $3`,
    [workspaceId, refs, since],
  );
  return row?.count ?? 0;
}

async function medianOfLast(
  actor: ConsoleActor,
  refs: string[],
  since: Date,
): Promise<number | null> {
  const [row] = await query<{ count: number; median: number | null }>(
    `SELECT count(*)::int AS count, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds::float8) AS median FROM (
       SELECT l.seconds FROM (${VERDICTS}) v JOIN approval_looks l ON l.workspace_id = $1 AND l.approval_id = v.id
         AND 'person:' || l.person_id = ANY($2::text[])
       WHERE v.at > $3 ORDER BY v.at DESC LIMIT ${LAST}) last`,
    [actor.workspaceId, refs, since],
  );
  return row === undefined || row.count < LAST ? null : row.median;
}

async function readLimit(
  sql: Sql,
  workspaceId: string,
  refs: string[],
  { highRiskPerHour: perHour }: VigilanceBody,
  now: Date,
): Promise<ReviewingLoad['limit']> {
  if (perHour === null) return null;
  const rows = await sql<{ at: Date }>(
    `SELECT v.at FROM (${VERDICTS}) v WHERE v.at > $3 AND v.risk = ANY($4::text[]) ORDER BY v.at DESC`,
    [workspaceId, refs, new Date(now.getTime() - HOUR_MS), LIMITED],
  );
  // The next is possible once fewer than the limit lie within the hour.
  const holding = rows[perHour - 1];
  return {
    perHour,
    given: rows.length,
    until: holding === undefined ? null : iso(new Date(holding.at.getTime() + HOUR_MS)),
  };
}

/**
 * Takes the turn of a person where there is a limit, so that of several verdicts at once each sees those before it. First lock of
 * the transaction.
 *
 * @returns the settings the limit is judged by; undefined where there is none
 */
export async function takeReviewerTurn(
  sql: Sql,
  actor: ConsoleActor,
): Promise<VigilanceBody | undefined> {
  const settings = await readVigilanceBody(sql, actor.workspaceId);
  if (settings.highRiskPerHour === null) return undefined;
  const who = personBehind(actor)?.personId ?? actorRef(actor);
  await sql('SELECT pg_advisory_xact_lock(hashtextextended($1, 7230062))', [
    `${actor.workspaceId}/${who}`,
  ]);
  return settings;
}

/**
 * Beyond the limit nothing of high or critical risk is approved. Rejecting is always possible.
 *
 * @throws DomainError `verdict_limit`, with when it ends
 */
export async function requireWithinLimit(
  sql: Sql,
  actor: ConsoleActor,
  settings: VigilanceBody | undefined,
  risk: Risk,
  now: Date,
): Promise<void> {
  if (settings === undefined || !LIMITED.includes(risk)) return;
  const limit = await readLimit(sql, actor.workspaceId, await refsOf(sql, actor), settings, now);
  if (limit === null || limit.until === null) return;
  const seconds = Math.max(1, Math.ceil((Date.parse(limit.until) - now.getTime()) / 1000));
  throw new DomainError(
    'too_many',
    'verdict_limit',
    `You have decided ${limit.given} calls of high or critical risk within an hour, and ${limit.perHour} is the limit here. ` +
      `You can approve the next at ${limit.until}. You can still reject, and somebody else can approve.`,
    { retryAfterSeconds: seconds, facts: { limit: limit.perHour, until: limit.until } },
  );
}
