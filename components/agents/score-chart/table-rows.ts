/** The rows of the table view: every point, gap and event of the chart, newest first. */
import type { Mark } from './lanes';
import type { ChartPoint, ChartShape } from './shape';

export type TableRow = { key: string; at: number } & (
  | {
      kind: 'point';
      point: ChartPoint;
      /** Since the point before; null for the first. */ change: number | null;
    }
  | { kind: 'gap'; until: number }
  | { kind: 'mark'; text: string }
);

export function tableRows(shape: ChartShape, marks: readonly Mark[]): TableRow[] {
  const points = shape.points.map((point, index): TableRow => {
    const before = shape.points[index - 1];
    return {
      kind: 'point',
      key: `p${point.at}`,
      at: point.at,
      point,
      change: before ? point.score - before.score : null,
    };
  });
  const gaps = shape.gaps.map((gap): TableRow => ({
    kind: 'gap',
    key: `g${gap.from}`,
    at: gap.from,
    until: gap.to,
  }));
  const events = marks
    .map((mark, index): TableRow => ({
      kind: 'mark',
      key: `m${mark.at}-${mark.kind}-${index}`,
      at: Date.parse(mark.at),
      text: mark.text,
    }))
    .filter((row) => row.at >= shape.from && row.at <= shape.to);
  return [...points, ...gaps, ...events].sort((a, b) => b.at - a.at);
}
