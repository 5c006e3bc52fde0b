import { actorId } from '@/lib/auth';
import type { Approval } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { currentGroupKey } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { iso } from '@/lib/services/instants';

type Row = { readonly id: string; readonly groupKey: string | null };
type Facts = Pick<Approval, 'group' | 'snoozedUntil'>;

/** What the rows of approvals do not say themselves: how large their groups are, and what whoever asks has put aside. */
export async function queueFacts(
  { actor, now }: ServiceContext,
  rows: readonly Row[],
): Promise<(row: Row) => Facts> {
  const keys = [...new Set(rows.flatMap(({ groupKey }) => currentGroupKey(groupKey) ?? []))];
  const [groups, snoozes] = await Promise.all([
    keys.length === 0
      ? []
      : sql<{ key: string; size: number }>(
          `SELECT group_key AS key, count(*)::int AS size FROM approvals
           WHERE workspace_id = $1 AND state = 'pending' AND expires_at > $2 AND group_key = ANY($3::text[]) GROUP BY group_key`,
          [actor.workspaceId, now, keys],
        ),
    sql<{ id: string; until: Date }>(
      `SELECT approval_id AS id, until FROM approval_snoozes
       WHERE workspace_id = $1 AND person_id = $2 AND until > $3 AND approval_id = ANY($4::uuid[])`,
      [actor.workspaceId, actorId(actor), now, rows.map(({ id }) => id)],
    ),
  ]);
  const sizes = new Map(groups.map(({ key, size }) => [key, size]));
  const untils = new Map(snoozes.map(({ id, until }) => [id, iso(until)]));
  return ({ id, groupKey }) => {
    const key = currentGroupKey(groupKey);
    return {
      ...(key === null ? {} : { group: { key, size: sizes.get(key) ?? 0 } }),
      snoozedUntil: untils.get(id) ?? null,
    };
  };
}
