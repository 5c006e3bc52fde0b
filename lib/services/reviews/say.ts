import { requirePermission } from '@/lib/auth';
import { DomainError, notFound, type ReviewDetail, type ReviewVerdict } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { sayIn } from '@/lib/services/feedback/give';
import { requireId } from '@/lib/services/ids';
import { record } from '@/lib/services/record';
import { getReview } from './get';
import { LAPSES_AFTER_DAYS, reviewState } from './review-rows';

interface SampleRow {
  readonly decisionId: string;
  readonly drawnAt: Date;
  readonly doneAt: Date | null;
  readonly wanted: number;
}

/**
 * Says how a sampled action went: evidence like any feedback, given before what others say of it could be read.
 *
 * @throws DomainError `forbidden`, `not_found`, `review_closed`, and those of `giveFeedback`
 */
export async function sayOfSample(
  context: ServiceContext,
  id: string,
  { verdict, reason }: ReviewVerdict,
): Promise<ReviewDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'approvals.decide');
  const sampleId = requireId(id, 'sample');
  await withTransaction(async (sql) => {
    const sample = await lockSample(sql, actor.workspaceId, sampleId);
    requireOpen(sample, now);
    const { decisionId } = sample;
    const { applied } = await sayIn(sql, context, {
      decisionId,
      verdict,
      reason: reason ?? null,
      sampleId,
    });
    await sql(
      `UPDATE review_samples SET done_at = $3 WHERE workspace_id = $1 AND id = $2
         AND wanted <= (SELECT count(*) FROM action_feedback WHERE workspace_id = $1 AND sample_id = $2)`,
      [actor.workspaceId, sampleId, now],
    );
    await record(sql, context, applied.notes, [
      { type: 'review.changed', agentId: applied.agentId, subjectId: decisionId },
      ...applied.announcements,
    ]);
  });
  return getReview(context, sampleId);
}

/** Held with the decision's row, before trust and ledger. @throws DomainError `not_found` */
async function lockSample(sql: Sql, workspaceId: string, sampleId: string): Promise<SampleRow> {
  const [row] = await sql<SampleRow>(
    `SELECT decision_id AS "decisionId", drawn_at AS "drawnAt", done_at AS "doneAt", wanted FROM review_samples
     WHERE workspace_id = $1 AND id = $2 FOR UPDATE`,
    [workspaceId, sampleId],
  );
  if (row === undefined) throw notFound('sample');
  return row;
}

function requireOpen(sample: SampleRow, now: Date): void {
  const state = reviewState(sample, now);
  if (state === 'open') return;
  throw new DomainError(
    'conflict',
    'review_closed',
    state === 'done'
      ? 'This sample has all the looks it needs. You can still say how the action went on the page of its agent.'
      : `This sample was left after ${LAPSES_AFTER_DAYS} days. You can still say how the action went on the page of its agent.`,
  );
}
