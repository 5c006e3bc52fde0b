/** The signals about text from outside, those of one call at one time together. */
import type { Layer } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { ABOUT_OUTSIDE_TEXT } from './kinds';

export interface MomentSignal {
  readonly id: string;
  readonly kind: string;
  readonly layer: Layer;
  readonly magnitude: number;
  readonly layerDelta: number;
  readonly scoreDelta: number;
  readonly sourceClass: string;
  readonly detail: unknown;
}

export interface MomentRow {
  readonly at: Date;
  readonly decisionId: string | null;
  readonly newest: string;
  /** The one that cost most first; its id is the moment's. */
  readonly signals: readonly [MomentSignal, ...MomentSignal[]];
}

export interface MomentFilter {
  /** Only moments at these times, as ISO text. */
  readonly at?: readonly string[];
  /** Only moments before this one in the list: its time as ISO text, and its newest signal. */
  readonly after?: readonly [string, string] | undefined;
  readonly limit: number;
}

/** Moments of an agent, newest first. */
export function selectMoments(
  workspaceId: string,
  agentId: string,
  { at, after, limit }: MomentFilter,
): Promise<MomentRow[]> {
  return sql<MomentRow>(
    `SELECT * FROM (
       SELECT s.at, s.decision_id AS "decisionId", max(s.id::text) AS newest,
         json_agg(json_build_object('id', s.id, 'kind', s.kind, 'layer', s.layer, 'magnitude', s.magnitude,
           'layerDelta', s.layer_delta, 'scoreDelta', s.score_delta, 'sourceClass', s.source_class, 'detail', s.detail)
           ORDER BY s.score_delta, s.id) AS signals
       FROM signals s WHERE s.workspace_id = $1 AND s.agent_id = $2 AND ${ABOUT_OUTSIDE_TEXT}
         AND ($3::timestamptz[] IS NULL OR s.at = ANY($3))
       GROUP BY s.at, s.decision_id) m
     WHERE $4::timestamptz IS NULL OR (m.at, m.newest) < ($4, $5::text)
     ORDER BY m.at DESC, m.newest DESC LIMIT $6`,
    [
      workspaceId,
      agentId,
      at === undefined ? null : [...at],
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit,
    ],
  );
}

/** When a signal of an agent was; undefined when there is none. */
export async function timeOfSignal(
  workspaceId: string,
  agentId: string,
  id: string,
): Promise<Date | undefined> {
  const [row] = await sql<{ at: Date }>(
    `SELECT at FROM signals s WHERE workspace_id = $1 AND agent_id = $2 AND id = $3 AND ${ABOUT_OUTSIDE_TEXT}`,
    [workspaceId, agentId, id],
  );
  return row?.at;
}
