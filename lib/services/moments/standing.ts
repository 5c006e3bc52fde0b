/** How far an agent was trusted before and after a moment. */
import type { Moment } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { iso } from '@/lib/services/instants';
import type { MomentRow } from './moment-rows';

interface PointRow {
  readonly at: Date | null;
  readonly score: number;
  readonly rung: number;
  readonly beforeAt: Date | null;
  readonly beforeScore: number;
  readonly beforeRung: number;
}

export type Standing = Pick<Moment, 'before' | 'after'>;

/** For each moment the point of the score it was folded into, and the one before that, in the same order. */
export async function standingsOf(
  workspaceId: string,
  agentId: string,
  moments: readonly MomentRow[],
): Promise<Standing[]> {
  if (moments.length === 0) return [];
  const rows = await sql<PointRow>(
    `SELECT p.at, p.score, p.rung, b.at AS "beforeAt", b.score AS "beforeScore", b.rung AS "beforeRung"
     FROM unnest($3::timestamptz[]) WITH ORDINALITY AS m (at, place)
     LEFT JOIN LATERAL (SELECT at, score, rung FROM score_points
       WHERE workspace_id = $1 AND agent_id = $2 AND at <= m.at ORDER BY at DESC LIMIT 1) p ON true
     LEFT JOIN LATERAL (SELECT at, score, rung FROM score_points
       WHERE workspace_id = $1 AND agent_id = $2 AND at < p.at ORDER BY at DESC LIMIT 1) b ON true
     ORDER BY m.place`,
    [workspaceId, agentId, moments.map((moment) => iso(foldedAt(moment)))],
  );
  return rows.map(({ at, score, rung, ...before }) => ({
    before:
      before.beforeAt === null
        ? null
        : { at: iso(before.beforeAt), score: before.beforeScore, rung: before.beforeRung },
    after: at === null ? null : { at: iso(at), score, rung },
  }));
}

/** Belay's own signals carry the time of their point; what comes from outside with an earlier time is folded when it arrives. */
function foldedAt({ at, signals: [first] }: MomentRow): Date {
  if (first.sourceClass === 'belay') return at;
  return new Date(Math.max(at.getTime(), timeOfId(first.id)));
}

/** A UUIDv7 begins with its millisecond (RFC 9562). */
function timeOfId(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}
