/** From the history on the wire to what the score chart draws. Pure: times are milliseconds since the epoch, scores lie in [0, 1]. */
import { LAYERS, spokenRungName } from '@/components/trust/layers';
import type { History, Layer } from '@/lib/contracts';

/** One row of chart data. In a break row everything is null: lines stop there and begin again after it. */
export interface ChartRow {
  at: number;
  score: number | null;
  rung: number | null;
  identity: number | null;
  behavior: number | null;
  context: number | null;
  outcome: number | null;
}

/** A recorded point: a row that is not a break. */
export interface ChartPoint extends ChartRow {
  score: number;
  rung: number;
}

export interface Span {
  from: number;
  to: number;
}

export interface ChartShape extends Span {
  /** Rows in order of time, breaks included: what the lines are drawn from. */
  rows: ChartRow[];
  /** The recorded points alone: what crosshair, keyboard and table walk. */
  points: ChartPoint[];
  /** Stretches inside the range for which nothing is recorded. */
  gaps: Span[];
}

/** A stretch without a point is a gap when it is longer than this share of the range ... */
const GAP_SHARE = 1 / 10;
/** ... and than three days: over a quiet weekend the score decays, which the slope between two points shows well enough. */
const GAP_LEAST_MS = 72 * 60 * 60 * 1000;

/** How long a stretch without a recorded point may be before the line breaks, in milliseconds. */
export function gapAfterMs(range: Span): number {
  return Math.max(GAP_LEAST_MS, (range.to - range.from) * GAP_SHARE);
}

/**
 * Orders and cleans the points of a history, and breaks its lines where nothing is recorded. A layer that was unknown
 * stays null, so its line has a hole there; nothing is interpolated.
 */
export function shapeHistory(history: History): ChartShape {
  const range = { from: Date.parse(history.from), to: Date.parse(history.to) };
  const points = orderedPoints(history);
  const longest = gapAfterMs(range);
  const rows: ChartRow[] = [];
  const gaps: Span[] = [];
  let previous: ChartPoint | undefined;
  for (const point of points) {
    if (previous && point.at - previous.at > longest) {
      gaps.push({ from: previous.at, to: point.at });
      rows.push(breakAt(previous.at + 1));
    }
    rows.push(point);
    previous = point;
  }
  return { ...range, rows, points, gaps };
}

function orderedPoints(history: History): ChartPoint[] {
  const byTime = new Map<number, ChartPoint>();
  for (const point of history.points) {
    const at = Date.parse(point.at);
    if (Number.isNaN(at) || !Number.isFinite(point.score)) continue;
    byTime.set(at, {
      at,
      score: clamp(point.score),
      rung: point.rung,
      identity: layerScore(point.layers, 'identity'),
      behavior: layerScore(point.layers, 'behavior'),
      context: layerScore(point.layers, 'context'),
      outcome: layerScore(point.layers, 'outcome'),
    });
  }
  return [...byTime.values()].sort((a, b) => a.at - b.at);
}

function layerScore(layers: Record<Layer, number | null>, layer: Layer): number | null {
  const score = layers[layer];
  return score === null || score === undefined || !Number.isFinite(score) ? null : clamp(score);
}

function breakAt(at: number): ChartRow {
  return {
    at,
    score: null,
    rung: null,
    identity: null,
    behavior: null,
    context: null,
    outcome: null,
  };
}

function clamp(score: number): number {
  return Math.min(1, Math.max(0, score));
}

/** Index of the recorded point nearest in time, -1 when there is none. */
export function nearestPoint(points: readonly ChartPoint[], at: number): number {
  let low = 0;
  let high = points.length - 1;
  if (high < 0) return -1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pointAt(points, middle) < at) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return 0;
  return at - pointAt(points, low - 1) <= pointAt(points, low) - at ? low - 1 : low;
}

function pointAt(points: readonly ChartPoint[], index: number): number {
  return points[index]?.at ?? 0;
}

/** Where an instant stands in a range, 0 at its start and 1 at its end; outside values fall outside. */
export function fractionOf(range: Span, at: number): number {
  const width = range.to - range.from;
  return width <= 0 ? 0 : (at - range.from) / width;
}

export interface RungBand {
  rung: number;
  name: string;
  from: number;
  to: number;
}

/** The bands behind the lines: each rung from its threshold to the next one's. */
export function rungBands(
  rungs: readonly { rung: number; name: string; min: number }[],
): RungBand[] {
  const ordered = [...rungs].sort((a, b) => a.min - b.min);
  return ordered.map((rung, index) => ({
    rung: rung.rung,
    name: spokenRungName(rung.name),
    from: index === 0 ? 0 : rung.min,
    to: ordered[index + 1]?.min ?? 1,
  }));
}

/** How the first and the last recorded score of a range compare, for the summary; null without two points. */
export function rangeChange(points: readonly ChartPoint[]): number | null {
  const first = points[0];
  const last = points.at(-1);
  return first && last && first !== last ? last.score - first.score : null;
}

/** Layers that have at least one known score in the range. */
export function knownLayers(points: readonly ChartPoint[]): Layer[] {
  return LAYERS.filter((layer) => points.some((point) => point[layer] !== null));
}
