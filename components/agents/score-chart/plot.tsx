'use client';

import { memo } from 'react';
import { Curve, Surface } from 'recharts';
import { LAYER_LOOKS } from '@/components/trust/layers';
import type { Layer } from '@/lib/contracts';
import { curvePoints, scoreY } from './curve-points';
import { fractionOf, type ChartRow, type RungBand, type Span } from './shape';
import type { Box } from './use-box';

export interface PlotProps {
  rows: readonly ChartRow[];
  range: Span;
  layers: readonly Layer[];
  bands: readonly RungBand[];
  gaps: readonly Span[];
  box: Box;
}

/** Enough to tell neighboring bands apart, not enough to compete with the lines. */
const BAND_OPACITY = 0.13;
const GAP_OPACITY = 0.5;

/**
 * The lines alone, filling their box exactly: axes, lanes and crosshair are laid over it by position and do not redraw it.
 * Of the chart library only what draws: its charts bring a store, axes and tooltips that nothing here uses, three times the code.
 */
function Plot({ rows, range, layers, bands, gaps, box }: PlotProps) {
  return (
    <Surface width={box.width} height={box.height} className="block size-full">
      <Backdrop range={range} bands={bands} gaps={gaps} box={box} />
      {layers.map((layer) => (
        <Curve
          key={layer}
          points={curvePoints(rows, layer, range, box)}
          fill="none"
          stroke={LAYER_LOOKS[layer].color}
          strokeWidth={1.25}
          strokeDasharray={LAYER_LOOKS[layer].dash}
        />
      ))}
      <Curve
        points={curvePoints(rows, 'score', range, box)}
        fill="none"
        stroke="var(--ink)"
        strokeWidth={2.25}
      />
    </Surface>
  );
}

/** Rung bands, their thresholds, and the hatched stretches for which nothing is recorded. */
function Backdrop({
  range,
  bands,
  gaps,
  box,
}: Pick<PlotProps, 'range' | 'bands' | 'gaps' | 'box'>) {
  const { width, height } = box;
  return (
    <>
      <defs>
        <pattern id="score-gap" width={6} height={6} patternUnits="userSpaceOnUse">
          <path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" stroke="var(--line-strong)" strokeWidth={0.75} />
        </pattern>
      </defs>
      {bands.map((band) => (
        <rect
          key={band.rung}
          y={scoreY(band.to, height)}
          width={width}
          height={Math.max(0, band.to - band.from) * height}
          fill={`var(--rung-${band.rung})`}
          fillOpacity={BAND_OPACITY}
        />
      ))}
      {gaps.map((gap) => (
        <rect
          key={gap.from}
          x={fractionOf(range, gap.from) * width}
          width={(fractionOf(range, gap.to) - fractionOf(range, gap.from)) * width}
          height={height}
          fill="url(#score-gap)"
          fillOpacity={GAP_OPACITY}
        />
      ))}
      {bands.slice(1).map((band) => {
        const y = scoreY(band.from, height);
        return <line key={band.rung} x2={width} y1={y} y2={y} stroke="var(--line)" />;
      })}
    </>
  );
}

export default memo(Plot);
