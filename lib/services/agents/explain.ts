import { requirePermission } from '@/lib/auth';
import { notFound, type Explanation, type Json, type Layer } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { iso } from '@/lib/services/instants';
import { defaultTrustConfig, readTrust, SIGNAL_CATALOGUE, type TrustState } from '@/lib/trust';

interface PointRow {
  readonly at: Date;
  readonly score: number;
  readonly rung: number;
  readonly configVersion: string;
  readonly ladderVersion: number;
}

interface SignalRow {
  readonly id: string;
  readonly at: Date;
  readonly kind: string;
  readonly layer: Layer;
  readonly source: string;
  readonly layerDelta: number;
  readonly scoreDelta: number;
  readonly decisionId: string | null;
  readonly detail: Record<string, Json> | null;
}

const POINT_COLUMNS = `at, score, rung, config_version AS "configVersion", ladder_version AS "ladderVersion"`;

/**
 * What moved the score to where it stood at `at`: from the point before to the last one at or before `at`. After the newest point
 * only time has worked, and the explanation says how much.
 *
 * @throws DomainError `not_found` for the agent, or when it did not exist yet
 */
export async function explainAgent(
  { actor }: ServiceContext,
  id: string,
  at: Date,
): Promise<Explanation> {
  requirePermission(actor, 'workspace.read');
  const agentId = requireId(id, 'agent');
  const key = [actor.workspaceId, agentId] as const;
  const [stored] = await sql<{ state: TrustState }>(
    'SELECT state FROM trust_states WHERE workspace_id = $1 AND agent_id = $2',
    key,
  );
  if (stored === undefined) throw notFound('agent');
  const [[after, before], [later]] = await Promise.all([
    sql<PointRow>(
      `SELECT ${POINT_COLUMNS} FROM score_points WHERE workspace_id = $1 AND agent_id = $2 AND at <= $3 ORDER BY at DESC LIMIT 2`,
      [...key, at],
    ),
    sql<{ at: Date }>(
      'SELECT at FROM score_points WHERE workspace_id = $1 AND agent_id = $2 AND at > $3 ORDER BY at LIMIT 1',
      [...key, at],
    ),
  ]);
  if (after === undefined) throw notFound('point of time in the history of this agent');
  if (later === undefined && at > after.at) return decayed(after, stored.state, at);
  return between(before, after, await selectSignals(key, after.at, later?.at));
}

function decayed(point: PointRow, state: TrustState, at: Date): Explanation {
  const { score } = readTrust(state, defaultTrustConfig, at.getTime());
  return between(point, { ...point, at, score }, []);
}

function between(
  before: PointRow | undefined,
  after: PointRow,
  signals: readonly SignalRow[],
): Explanation {
  const moved = signals.reduce((sum, { scoreDelta }) => sum + scoreDelta, 0);
  return {
    at: iso(after.at),
    before: before === undefined ? null : pointOf(before),
    after: pointOf(after),
    contributions: signals.map(serializeContribution),
    decayDelta: before === undefined ? 0 : after.score - before.score - moved,
    configVersion: after.configVersion,
    ladderVersion: after.ladderVersion,
  };
}

function pointOf({ at, score, rung }: PointRow): Explanation['after'] {
  return { at: iso(at), score, rung };
}

/**
 * Signals folded into one point. Belay's own carry the point's time; those that came from outside with an earlier time have an id
 * made between this point and the next one (ids begin with the time at which they were made, at most seconds from the point).
 */
function selectSignals(
  key: readonly [string, string],
  point: Date,
  next: Date | undefined,
): Promise<SignalRow[]> {
  return sql<SignalRow>(
    `SELECT id, at, kind, layer, source, layer_delta AS "layerDelta", score_delta AS "scoreDelta", decision_id AS "decisionId", detail
     FROM agent_signals s WHERE workspace_id = $1 AND agent_id = $2
       AND made >= belay_uuid_at($3::timestamptz - interval '5 seconds')
       AND made < belay_uuid_at(coalesce($4::timestamptz, $3) + interval '1 minute')
       AND (at = $3 OR (at < $3 AND id >= belay_uuid_at($3) AND ($4::timestamptz IS NULL OR id < belay_uuid_at($4))
         AND NOT EXISTS (SELECT 1 FROM score_points p WHERE p.workspace_id = $1 AND p.agent_id = $2 AND p.at = s.at)))
     ORDER BY id LIMIT 500`,
    [...key, point, next ?? null],
  );
}

function serializeContribution(row: SignalRow): Explanation['contributions'][number] {
  return {
    signalId: row.id,
    at: iso(row.at),
    kind: row.kind,
    layer: row.layer,
    source: row.source,
    text: `${SIGNAL_CATALOGUE[row.kind]?.label ?? row.kind}.`,
    layerDelta: row.layerDelta,
    scoreDelta: row.scoreDelta,
    decisionId: row.decisionId,
    detail: row.detail,
  };
}
