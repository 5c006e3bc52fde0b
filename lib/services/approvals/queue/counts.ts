import { actorId } from '@/lib/auth';
import type { QueueCounts } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { isoOrNull } from '@/lib/services/instants';
import { assigned } from './conditions';

interface CountRow {
  readonly pending: number;
  readonly oldest: Date | null;
  readonly mine: number;
  readonly unclaimed: number;
  readonly second: number;
  readonly snoozed: number;
  readonly answered: number;
  readonly wakes: Date | null;
}

/**
 * How many wait, by tab, for whoever asks: one look at the index over what waits. `pending` counts all of the workspace; what
 * somebody has put aside is in no tab of theirs but `snoozed`.
 */
export async function countQueue({ actor, now }: ServiceContext): Promise<QueueCounts> {
  const [row] = await sql<CountRow>(
    `WITH aside AS MATERIALIZED (
       SELECT approval_id AS id, until FROM approval_snoozes WHERE workspace_id = $1 AND person_id = $3 AND until > $2)
     SELECT count(*)::int AS pending, min(requested_at) AS oldest,
       count(*) FILTER (WHERE is_mine AND until IS NULL)::int AS mine,
       count(*) FILTER (WHERE NOT is_held AND NOT is_assigned AND until IS NULL)::int AS unclaimed,
       count(*) FILTER (WHERE verdicts_given > 0 AND until IS NULL)::int AS second,
       count(until)::int AS snoozed,
       count(*) FILTER (WHERE is_mine AND answered_at IS NOT NULL)::int AS answered,
       min(until) AS wakes
     FROM (
       SELECT ap.requested_at, ap.answered_at, ap.verdicts_given, aside.until, ${assigned('ap')} AS is_assigned,
         (ap.claimed_by IS NOT NULL AND ap.claimed_until > $2) AS is_held,
         coalesce(ap.assigned_to = $3 OR (ap.claimed_by = $3 AND ap.claimed_until > $2), false) AS is_mine
       FROM approvals ap LEFT JOIN aside ON aside.id = ap.id
       WHERE ap.workspace_id = $1 AND ap.state = 'pending' AND ap.expires_at > $2) AS q`,
    [actor.workspaceId, now, actorId(actor)],
  );
  if (row === undefined) throw new Error('a count has no row');
  const { oldest, wakes, ...counts } = row;
  return { ...counts, oldestAt: isoOrNull(oldest), wakesAt: isoOrNull(wakes) };
}

/** How many wait in the workspace, and since when the first. */
export async function countPending({
  actor,
  now,
}: {
  readonly actor: Pick<ServiceContext['actor'], 'workspaceId'>;
  readonly now: Date;
}): Promise<QueueCounts> {
  const [row] = await sql<Pick<CountRow, 'pending' | 'oldest'>>(
    `SELECT count(*)::int AS pending, min(requested_at) AS oldest FROM approvals
     WHERE workspace_id = $1 AND state = 'pending' AND expires_at > $2`,
    [actor.workspaceId, now],
  );
  return { pending: row?.pending ?? 0, oldestAt: isoOrNull(row?.oldest ?? null) };
}
