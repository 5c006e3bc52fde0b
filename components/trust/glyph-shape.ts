/** Geometry of the trust glyph on whole pixels, so that it stays crisp at 16, 20 and 32 px. */
import type { Trust } from '@/lib/contracts';
import { isUnknown, LAYERS, type Layer } from './layers';

export const GLYPH_SIZES = [16, 20, 32] as const;
export type GlyphSize = (typeof GLYPH_SIZES)[number];

interface Grid {
  /** Side of the ring's square; at 16 px it is one less, because four bars and three gaps are odd. */
  ring: number;
  /** Thickness of the ring. */
  stroke: number;
  radius: number;
  barWidth: number;
  barGap: number;
  /** Free space between ring and bars. */
  pad: number;
  dotRadius: number;
}

const GRIDS: Readonly<Record<GlyphSize, Grid>> = {
  16: { ring: 15, stroke: 1, radius: 3, barWidth: 2, barGap: 1, pad: 1, dotRadius: 2.5 },
  20: { ring: 20, stroke: 2, radius: 4, barWidth: 2, barGap: 2, pad: 1, dotRadius: 3 },
  32: { ring: 32, stroke: 2, radius: 6, barWidth: 4, barGap: 2, pad: 3, dotRadius: 4.5 },
};

export const RUNG_COUNT = 5;

export interface GlyphBar {
  layer: Layer;
  x: number;
  y: number;
  width: number;
  height: number;
  unknown: boolean;
}

export interface GlyphShape {
  size: GlyphSize;
  stroke: number;
  /** One closed path around the bars, starting at the top right so that the alarm dot covers the segment that is always lit. */
  ringPath: string;
  /** Dash array of the unlit and of the lit segments, in fifths of the ring. */
  track: string;
  lit: string;
  /** The full-height columns behind the bars. */
  column: { y: number; height: number };
  bars: GlyphBar[];
  alarm: { cx: number; cy: number; r: number } | null;
}

/** Where everything of the glyph stands. A known bar is at least one pixel high; an unknown one fills its column and is hatched. */
export function glyphShape(trust: Trust, size: GlyphSize): GlyphShape {
  const grid = GRIDS[size];
  const top = size - grid.ring;
  const inset = grid.stroke + grid.pad;
  const column = { y: top + inset, height: grid.ring - 2 * inset };
  const bars = LAYERS.map((layer, index): GlyphBar => {
    const reading = trust.layers[layer];
    const unknown = isUnknown(reading);
    const height = unknown ? column.height : Math.max(1, Math.round(reading.score * column.height));
    return {
      layer,
      x: inset + index * (grid.barWidth + grid.barGap),
      y: column.y + column.height - height,
      width: grid.barWidth,
      height,
      unknown,
    };
  });
  const alarmed = LAYERS.some((layer) => trust.layers[layer]?.alarm);
  return {
    size,
    stroke: grid.stroke,
    ringPath: ringPath(grid, top),
    ...ringDashes(trust.rung),
    column,
    bars,
    alarm: alarmed ? { cx: size - grid.dotRadius, cy: grid.dotRadius, r: grid.dotRadius } : null,
  };
}

/** A rounded square, clockwise from the middle of its top edge, along the middle of the stroke. */
function ringPath(grid: Grid, top: number): string {
  const half = grid.stroke / 2;
  const near = half;
  const far = grid.ring - half;
  const upper = top + half;
  const lower = top + grid.ring - half;
  const r = grid.radius;
  return [
    `M${grid.ring / 2} ${upper}`,
    `H${far - r}A${r} ${r} 0 0 1 ${far} ${upper + r}`,
    `V${lower - r}A${r} ${r} 0 0 1 ${far - r} ${lower}`,
    `H${near + r}A${r} ${r} 0 0 1 ${near} ${lower - r}`,
    `V${upper + r}A${r} ${r} 0 0 1 ${near + r} ${upper}Z`,
  ].join('');
}

const SEGMENT_GAP = 0.16;

/** With `pathLength` set to 5 one unit is one rung: a lit segment for each rung reached, a gap between segments. */
function ringDashes(rung: number): { track: string; lit: string } {
  const segment = 1 - SEGMENT_GAP;
  const lit = Array.from({ length: rung }, () => `${segment} ${SEGMENT_GAP}`);
  return {
    track: `${segment} ${SEGMENT_GAP}`,
    lit: [...lit, `0 ${RUNG_COUNT}`].join(' '),
  };
}
