import { LAYERS, type History, type Layer } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { iso } from '@/lib/services/instants';
import { defaultTrustConfig, readTrust, type TrustState } from '@/lib/trust';
import { downsample } from './downsample';

export interface Span {
  readonly workspaceId: string;
  readonly agentId: string;
  readonly from: Date;
  readonly to: Date;
}

export interface PointRow {
  readonly at: Date;
  readonly score: number;
  readonly rung: number;
  readonly layers: Record<Layer, number | null>;
}

/** Beyond this many rows the database thins them out first. */
const MOST_ROWS = 20_000;
const BUCKETS = 3_000;

/**
 * The score over a span in at most `limit` points. It begins with the value that held at its start, and when it reaches the
 * present it ends with the score now: decay is part of the curve.
 */
export async function readPoints(
  span: Span,
  limit: number,
  current: Current,
): Promise<History['points']> {
  const [stored, [before]] = await Promise.all([selectPoints(span), selectPointBefore(span)]);
  const rows = [
    ...(before === undefined ? [] : [{ ...before, at: span.from }]),
    ...stored.filter((row) => before === undefined || row.at > span.from),
    ...(span.to >= current.now ? silentPoints(stored.at(-1)?.at ?? before?.at, span, current) : []),
  ];
  const points = rows.map((row) => ({
    row,
    at: row.at.getTime(),
    values: [row.score, ...LAYERS.map((layer) => row.layers[layer])],
  }));
  return downsample(points, limit).map(({ row }) => ({ ...row, at: iso(row.at) }));
}

interface Current {
  readonly state: TrustState;
  readonly rung: number;
  readonly now: Date;
}

/** Readings between the newest evidence and the present, so that decay is drawn as the curve it is. */
const SILENT_STEPS = 24;

function silentPoints(last: Date | undefined, span: Span, current: Current): PointRow[] {
  const start = Math.max(last?.getTime() ?? 0, span.from.getTime());
  const step = (current.now.getTime() - start) / SILENT_STEPS;
  if (last === undefined || step < 1_000) return [readingAt(current, current.now)];
  return Array.from({ length: SILENT_STEPS }, (_, index) =>
    readingAt(current, new Date(Math.round(start + (index + 1) * step))),
  );
}

function readingAt({ state, rung }: Current, at: Date): PointRow {
  const reading = readTrust(state, defaultTrustConfig, at.getTime());
  const value = (layer: Layer) =>
    reading.layers[layer].coverage > 0 ? reading.layers[layer].score : null;
  const layers = {
    identity: value('identity'),
    behavior: value('behavior'),
    context: value('context'),
    outcome: value('outcome'),
  };
  return { at, score: reading.score, rung, layers };
}

function selectPointBefore({ workspaceId, agentId, from }: Span): Promise<PointRow[]> {
  return sql<PointRow>(
    `SELECT at, score, rung, layers FROM score_points WHERE workspace_id = $1 AND agent_id = $2 AND at < $3
     ORDER BY at DESC LIMIT 1`,
    [workspaceId, agentId, from],
  );
}

async function selectPoints(span: Span): Promise<PointRow[]> {
  const values = [span.workspaceId, span.agentId, span.from, span.to] as const;
  const where = 'workspace_id = $1 AND agent_id = $2 AND at BETWEEN $3 AND $4';
  const rows = await sql<PointRow>(
    `SELECT at, score, rung, layers FROM score_points WHERE ${where} ORDER BY at LIMIT ${MOST_ROWS + 1}`,
    values,
  );
  if (rows.length <= MOST_ROWS) return rows;
  // The first, the lowest and the highest point of each stretch of time.
  return sql<PointRow>(
    `SELECT at, score, rung, layers FROM (
       SELECT *, row_number() OVER (PARTITION BY stretch ORDER BY at) AS first,
         row_number() OVER (PARTITION BY stretch ORDER BY score, at) AS lowest,
         row_number() OVER (PARTITION BY stretch ORDER BY score DESC, at) AS highest
       FROM (SELECT at, score, rung, layers, floor(extract(epoch FROM at - $3) * ${BUCKETS} /
           greatest(extract(epoch FROM $4::timestamptz - $3), 1)) AS stretch FROM score_points WHERE ${where}) p) q
     WHERE first = 1 OR lowest = 1 OR highest = 1 ORDER BY at`,
    values,
  );
}
