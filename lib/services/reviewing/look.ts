import { requirePermission } from '@/lib/auth';
import { notFound } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';

/** However long a page is left open, this is all that counts for one call, in seconds. */
const MOST_SECONDS = 1_800;

/**
 * Adds to the time an approval was in sight of a person. A browser may say what it likes: no more is taken than has passed since its
 * last report, or since the request. It is no evidence and moves nothing, so it is not in the ledger.
 *
 * @throws DomainError `forbidden`, `not_found`
 */
export async function noteLook(
  { actor, now }: ServiceContext,
  id: string,
  seconds: number,
): Promise<void> {
  requirePermission(actor, 'approvals.decide');
  const approvalId = requireId(id, 'approval');
  const [approval] = await sql<{ requestedAt: Date }>(
    'SELECT requested_at AS "requestedAt" FROM approvals WHERE workspace_id = $1 AND id = $2',
    [actor.workspaceId, approvalId],
  );
  if (approval === undefined) throw notFound('approval');
  if (actor.kind !== 'person') return;
  await sql(
    `INSERT INTO approval_looks AS l (workspace_id, approval_id, person_id, seconds, last_at)
     VALUES ($1, $2, $3, greatest(0, least($4, ${MOST_SECONDS}, ceil(extract(epoch FROM $5::timestamptz - $6::timestamptz))))::int, $5)
     ON CONFLICT (workspace_id, approval_id, person_id) DO UPDATE SET last_at = greatest(l.last_at, excluded.last_at),
       seconds = least(${MOST_SECONDS}, l.seconds + greatest(0, least($4, ceil(extract(epoch FROM $5::timestamptz - l.last_at))))::int)`,
    [actor.workspaceId, approvalId, actor.personId, seconds, now, approval.requestedAt],
  );
}
