import { requirePermission } from '@/lib/auth';
import type { ReviewingTrend } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { iso } from '@/lib/services/instants';
import { LAPSES_AFTER_DAYS } from '@/lib/services/reviews/review-rows';
import { figuresOf } from './figures';
import { GIVEN_VERDICTS } from './given-verdicts';

const WEEKS = 8;
const WEEK_MS = 7 * 86_400_000;
/** With fewer people a figure of the workspace would be that of a person, or of one and whoever knows their own. */
const FEWEST_REVIEWERS = 3;

/**
 * The workspace's figures week by week, oldest first, for managers: no names, no order of people, and nothing from a week in which
 * fewer than three people gave verdicts.
 *
 * @throws DomainError `forbidden`
 */
export async function getReviewingTrend({ actor, now }: ServiceContext): Promise<ReviewingTrend> {
  requirePermission(actor, 'reviewing.manage');
  const { workspaceId } = actor;
  const end = now.getTime() + 1;
  const starts = Array.from({ length: WEEKS }, (_, index) => end - (WEEKS - index) * WEEK_MS);
  const weeks: ReviewingTrend['weeks'] = [];
  for (const start of starts)
    weeks.push(await readWeek(workspaceId, new Date(start), new Date(start + WEEK_MS)));
  return { fewest: FEWEST_REVIEWERS, weeks, samples: await countSamples(workspaceId, now) };
}

async function readWeek(
  workspaceId: string,
  from: Date,
  to: Date,
): Promise<ReviewingTrend['weeks'][number]> {
  const [row] = await sql<{ reviewers: number }>(
    `SELECT count(DISTINCT v.by)::int AS reviewers FROM (${GIVEN_VERDICTS}) v
     WHERE v.workspace_id = $1 AND v.by LIKE 'person:%' AND v.at >= $2 AND v.at < $3`,
    [workspaceId, from, to],
  );
  const reviewers = row?.reviewers ?? 0;
  const enough = reviewers >= FEWEST_REVIEWERS;
  return {
    from: iso(from),
    to: iso(to),
    reviewers,
    figures: enough ? await figuresOf(sql, { workspaceId, personId: null, from, to }) : null,
  };
}

async function countSamples(workspaceId: string, now: Date): Promise<ReviewingTrend['samples']> {
  const [row] = await sql<ReviewingTrend['samples']>(
    `SELECT count(*)::int AS drawn, count(done_at)::int AS done,
       count(*) FILTER (WHERE done_at IS NULL AND drawn_at <= $2::timestamptz - interval '${LAPSES_AFTER_DAYS} days')::int AS lapsed,
       count(*) FILTER (WHERE done_at IS NULL AND drawn_at > $2::timestamptz - interval '${LAPSES_AFTER_DAYS} days')::int AS open
     FROM review_samples WHERE workspace_id = $1 AND drawn_at > $2::timestamptz - interval '${WEEKS * 7} days'`,
    [workspaceId, now],
  );
  return row ?? { drawn: 0, done: 0, lapsed: 0, open: 0 };
}
