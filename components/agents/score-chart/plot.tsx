'use client';

import { memo } from 'react';
import { Line, LineChart, ReferenceArea, ReferenceLine, XAxis, YAxis } from 'recharts';
import { LAYER_LOOKS } from '@/components/trust/layers';
import type { Layer } from '@/lib/contracts';
import type { ChartRow, RungBand, Span } from './shape';

export interface PlotProps {
  rows: readonly ChartRow[];
  range: Span;
  layers: readonly Layer[];
  bands: readonly RungBand[];
  gaps: readonly Span[];
}

const NO_MARGIN = { top: 0, right: 0, bottom: 0, left: 0 };
/** Enough to tell neighboring bands apart, not enough to compete with the lines. */
const BAND_OPACITY = 0.13;

/** The lines alone, filling their box exactly: axes, lanes and crosshair are laid over it by position and do not redraw it. */
function Plot({ rows, range, layers, bands, gaps }: PlotProps) {
  return (
    <LineChart
      responsive
      data={[...rows]}
      margin={NO_MARGIN}
      accessibilityLayer={false}
      style={{ width: '100%', height: '100%' }}
    >
      <XAxis
        dataKey="at"
        type="number"
        domain={[range.from, range.to]}
        allowDataOverflow
        hide
        height={0}
      />
      <YAxis type="number" domain={[0, 1]} hide width={0} />
      <Backdrop bands={bands} gaps={gaps} />
      {layers.map((layer) => (
        <Line
          key={layer}
          {...STILL_LINE}
          dataKey={layer}
          stroke={LAYER_LOOKS[layer].color}
          strokeWidth={1.25}
          strokeDasharray={LAYER_LOOKS[layer].dash}
        />
      ))}
      <Line {...STILL_LINE} dataKey="score" stroke="var(--ink)" strokeWidth={2.25} />
    </LineChart>
  );
}

const STILL_LINE = {
  type: 'linear',
  dot: false,
  activeDot: false,
  connectNulls: false,
  isAnimationActive: false,
} as const;

/** Rung bands, their thresholds, and the hatched stretches for which nothing is recorded. */
function Backdrop({ bands, gaps }: Pick<PlotProps, 'bands' | 'gaps'>) {
  return (
    <>
      {bands.map((band) => (
        <ReferenceArea
          key={band.rung}
          y1={band.from}
          y2={band.to}
          fill={`var(--rung-${band.rung})`}
          fillOpacity={BAND_OPACITY}
          ifOverflow="hidden"
        />
      ))}
      {gaps.map((gap) => (
        <ReferenceArea
          key={gap.from}
          x1={gap.from}
          x2={gap.to}
          fill="url(#score-gap)"
          ifOverflow="hidden"
        />
      ))}
      {bands.slice(1).map((band) => (
        <ReferenceLine key={band.rung} y={band.from} stroke="var(--line)" />
      ))}
      <defs>
        <pattern id="score-gap" width={6} height={6} patternUnits="userSpaceOnUse">
          <path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" stroke="var(--line-strong)" strokeWidth={0.75} />
        </pattern>
      </defs>
    </>
  );
}

export default memo(Plot);
