import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import type { reviewListQuerySchema, ReviewPage } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { speaksAs } from '@/lib/services/feedback/feedback-rows';
import { decodeCursor, pageFrom } from '@/lib/services/paging';
import {
  LAPSES_AFTER_DAYS,
  REVIEW_COLUMNS,
  REVIEW_TABLES,
  serializeReview,
  withParties,
  type ReviewRow,
} from './review-rows';

/** Samples that still need the word of whoever asks; `$3` is the time. */
const NEEDS_ME = `s.done_at IS NULL AND m.id IS NULL AND s.drawn_at > $3::timestamptz - interval '${LAPSES_AFTER_DAYS} days'`;

/** Samples: those that need the word of whoever asks, oldest first, or all others, newest first. */
export async function listReviews(
  { actor, now }: ServiceContext,
  query: z.infer<typeof reviewListQuerySchema>,
): Promise<ReviewPage> {
  requirePermission(actor, 'workspace.read');
  const open = query.state === 'open';
  const [sign, order, which] = open ? ['>', 'ASC', NEEDS_ME] : ['<', 'DESC', `NOT (${NEEDS_ME})`];
  const [at, id] = decodeCursor(query.cursor, ['instant', 'id']);
  const who = [actor.workspaceId, speaksAs(actor), now] as const;
  const [rows, [count]] = await Promise.all([
    sql<ReviewRow>(
      `SELECT ${REVIEW_COLUMNS} FROM ${REVIEW_TABLES} WHERE s.workspace_id = $1 AND ${which}
         AND ($4::timestamptz IS NULL OR (s.drawn_at, s.id) ${sign} ($4, $5::uuid))
       ORDER BY s.drawn_at ${order}, s.id ${order} LIMIT $6`,
      [...who, at ?? null, id ?? null, query.limit + 1],
    ),
    sql<{ open: number }>(
      `SELECT count(*)::int AS open FROM review_samples s
         LEFT JOIN action_feedback m ON m.workspace_id = s.workspace_id AND m.decision_id = s.decision_id AND m.person = $2
       WHERE s.workspace_id = $1 AND ${NEEDS_ME}`,
      who,
    ),
  ]);
  const judged = await withParties(sql, actor.workspaceId, rows);
  const page = pageFrom(
    judged,
    query.limit,
    (row) => [row.drawnAt.toISOString(), row.sampleId],
    (row) => serializeReview(actor, row, now),
  );
  return { ...page, counts: { open: count?.open ?? 0 } };
}
