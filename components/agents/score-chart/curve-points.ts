/** From moments and scores to pixels of a box, as the curves of the chart library take them. */
import { fractionOf, type ChartRow, type Span } from './shape';
import type { Box } from './use-box';

export interface CurvePoint {
  x: number;
  /** null where the line stops. */
  y: number | null;
}

/** Scores run from 0 at the bottom to 1 at the top. */
export function scoreY(score: number, height: number): number {
  return (1 - score) * height;
}

export function curvePoints(
  rows: readonly ChartRow[],
  key: Exclude<keyof ChartRow, 'at' | 'rung'>,
  range: Span,
  box: Box,
): CurvePoint[] {
  return rows.map((row) => {
    const score = row[key];
    return {
      x: fractionOf(range, row.at) * box.width,
      y: score === null ? null : scoreY(score, box.height),
    };
  });
}
