'use client';

import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { cx } from '@/components/ui/class-names';
import { Skeleton } from '@/components/ui/states';
import type { Layer } from '@/lib/contracts';
import { CHART_FRAME } from './chart-frame';
import { EventLanes } from './event-lanes';
import { laneMarks, type Mark } from './lanes';
import { CrosshairDot, CrosshairLines, PlotOverlay } from './plot-overlay';
import { fractionOf, rungBands, type ChartShape, type RungBand } from './shape';
import { timeTicks, zoneText } from './time-ticks';
import { useBox } from './use-box';
import { spokenNumber, t } from '@/lib/client/language';

const Plot = dynamic(() => import('./plot'), {
  ssr: false,
  loading: () => <Skeleton className="size-full opacity-40" />,
});

interface ChartBodyProps {
  shape: ChartShape;
  marks: readonly Mark[];
  rungs: readonly { rung: number; name: string; min: number }[];
  layers: readonly Layer[];
  pinned: number | null;
  onPin: (at: number | null) => void;
  onMark: (mark: Mark) => void;
  onAttention: (here: boolean) => void;
}

/** Marks nearer than this are joined. */
const MARK_PX = 22;
const PX_PER_TICK = 88;
const ASSUMED_WIDTH = 800;
const MINUTE_MS = 60_000;

/** Lanes, plot and axes on one time scale. */
export function ChartBody(props: ChartBodyProps) {
  const { shape, marks, rungs, pinned, onPin } = props;
  const [measure, box] = useBox();
  const width = Math.max(1, Math.round(box?.width ?? ASSUMED_WIDTH));
  const bands = useMemo(() => rungBands(rungs), [rungs]);
  const lanes = useMemo(() => laneMarks(marks, shape, MARK_PX / width), [marks, shape, width]);
  return (
    <div className={cx(CHART_FRAME, 'relative')}>
      <EventLanes lanes={lanes} pinned={pinned} onOpen={props.onMark} />
      <div className="mt-2 grid grid-cols-(--chart-columns)">
        <ScoreAxis bands={bands} />
        <div ref={measure} className="relative h-64 lg:h-72">
          {box ? (
            <Plot
              rows={shape.rows}
              range={shape}
              layers={props.layers}
              bands={bands}
              gaps={shape.gaps}
              box={box}
            />
          ) : null}
          <CrosshairDot points={shape.points} range={shape} />
          <PlotOverlay
            points={shape.points}
            range={shape}
            pinned={pinned}
            onPin={onPin}
            rungs={rungs}
            onAttention={props.onAttention}
          />
          {shape.points.length === 0 ? <NoPoints /> : null}
        </div>
        <BandNames bands={bands} />
      </div>
      <TimeAxis shape={shape} width={width} />
      <div className="pointer-events-none absolute inset-y-0 right-(--chart-gutter) bottom-6 left-(--chart-axis)">
        <CrosshairLines range={shape} pinned={pinned} />
      </div>
    </div>
  );
}

function NoPoints() {
  return (
    <p className="pointer-events-none absolute inset-0 grid place-items-center text-ink-2">
      {t('Nothing is recorded in this range.')}
    </p>
  );
}

/** The score where rungs change, and the two ends. */
function ScoreAxis({ bands }: { bands: readonly RungBand[] }) {
  const ticks = [...bands.map((band) => band.from), 1];
  return (
    <div aria-hidden className="relative text-xs text-ink-2">
      {ticks.map((tick) => (
        <span
          key={tick}
          className="absolute right-2 translate-y-1/2 leading-none"
          style={{ bottom: `${tick * 100}%` }}
        >
          {spokenNumber(tick, 2)}
        </span>
      ))}
    </div>
  );
}

function BandNames({ bands }: { bands: readonly RungBand[] }) {
  return (
    <div className="relative text-xs text-ink-2">
      {bands.map((band) => (
        <span
          key={band.rung}
          className="absolute left-2 translate-y-1/2 leading-4 whitespace-nowrap"
          style={{ bottom: `${((band.from + band.to) / 2) * 100}%` }}
        >
          <span className="font-medium">{band.rung}</span>
          <span className="max-lg:hidden"> {band.name}</span>
        </span>
      ))}
    </div>
  );
}

function TimeAxis({ shape, width }: { shape: ChartShape; width: number }) {
  // Local time of whoever looks; the chart renders in the browser only.
  const [offsetMs] = useState(() => -new Date(shape.to).getTimezoneOffset() * MINUTE_MS);
  const ticks = timeTicks(shape, Math.max(2, Math.floor(width / PX_PER_TICK)), offsetMs);
  return (
    <div aria-hidden className="grid h-6 grid-cols-(--chart-columns) text-xs text-ink-2">
      <span className="pt-1.5 leading-none">{zoneText(offsetMs)}</span>
      <div className="relative">
        {ticks.map((tick) => (
          <span
            key={tick.at}
            className="absolute top-0 -translate-x-1/2 pt-1.5 leading-none whitespace-nowrap before:absolute before:top-0 before:left-1/2 before:h-1 before:w-px before:bg-line-strong"
            style={{ left: `${fractionOf(shape, tick.at) * 100}%` }}
          >
            {tick.label}
          </span>
        ))}
      </div>
    </div>
  );
}
