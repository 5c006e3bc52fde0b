/** Fewer points for a chart without losing its shape. Pure. */

export interface ChartPoint {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Values in [0, 1] by series; null where a series has none, which stays a gap. */
  readonly values: readonly (number | null)[];
}

/**
 * Largest-Triangle-Three-Buckets (Steinarsson 2013) over several series at once: of each bucket the point stays that spans the
 * largest triangles with the point kept before it and the mean of the bucket after it. First and last point always stay, and so
 * do both sides of a gap as long as there is room, so that no line is drawn where there was nothing.
 *
 * @param points in the order of time
 * @param limit most points to return, 2 or more
 * @returns a subset of `points`, in order
 */
export function downsample<Point extends ChartPoint>(
  points: readonly Point[],
  limit: number,
): Point[] {
  if (points.length <= limit) return [...points];
  const kept = new Set(gapEdges(points).slice(0, Math.floor((limit - 2) / 2)));
  for (const index of largestTriangles(points, Math.max(2, limit - kept.size))) kept.add(index);
  return points.filter((_, index) => kept.has(index));
}

/** Indexes on both sides of every place where a series begins or ends. */
function gapEdges(points: readonly ChartPoint[]): number[] {
  const edges = new Set<number>();
  for (let index = 1; index < points.length; index += 1)
    if (pattern(points[index]) !== pattern(points[index - 1])) edges.add(index - 1).add(index);
  return [...edges];
}

function pattern(point: ChartPoint | undefined): string {
  return (point?.values ?? []).map((value) => (value === null ? '-' : '+')).join('');
}

function largestTriangles(points: readonly ChartPoint[], count: number): number[] {
  const last = points.length - 1;
  const kept = [0];
  const width = (points.length - 2) / Math.max(1, count - 2);
  for (let bucket = 0; bucket < count - 2; bucket += 1) {
    const from = 1 + Math.floor(bucket * width);
    const to = Math.min(last, 1 + Math.floor((bucket + 1) * width));
    const next = meanOf(points, to, Math.min(last + 1, 1 + Math.floor((bucket + 2) * width)));
    const before = points[kept.at(-1) ?? 0];
    if (before !== undefined && from < to) kept.push(largestOf(points, { from, to }, before, next));
  }
  return [...kept, last];
}

function largestOf(
  points: readonly ChartPoint[],
  { from, to }: { from: number; to: number },
  before: ChartPoint,
  next: ChartPoint,
): number {
  let best = from;
  let largest = -1;
  for (let index = from; index < to; index += 1) {
    const point = points[index];
    const area = point === undefined ? -1 : areaOf(before, point, next);
    if (area > largest) {
      largest = area;
      best = index;
    }
  }
  return best;
}

/** Twice the area, summed over the series that all three points have. */
function areaOf(a: ChartPoint, b: ChartPoint, c: ChartPoint): number {
  return b.values.reduce<number>((sum, value, series) => {
    const [left, right] = [a.values[series], c.values[series]];
    if (value === null || left == null || right == null) return sum;
    return sum + Math.abs((a.at - c.at) * (value - left) - (a.at - b.at) * (right - left));
  }, 0);
}

function meanOf(points: readonly ChartPoint[], from: number, to: number): ChartPoint {
  const bucket = points.slice(from, Math.max(to, from + 1));
  const series = bucket[0]?.values.length ?? 0;
  return {
    at: mean(bucket.map(({ at }) => at)) ?? 0,
    values: Array.from({ length: series }, (_, index) =>
      mean(bucket.flatMap(({ values }) => values[index] ?? [])),
    ),
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
