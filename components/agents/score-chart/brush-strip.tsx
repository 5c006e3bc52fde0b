'use client';

import { memo, useEffect, useMemo, useRef } from 'react';
import { Brush, Line, LineChart, YAxis } from 'recharts';
import { contextSlots, slotsToSpan, SLOT_COUNT, spanToSlots } from './context-slots';
import type { ChartPoint, Span } from './shape';

export interface BrushStripProps {
  points: readonly ChartPoint[];
  /** The whole range of the strip. */
  range: Span;
  /** The part that is selected; null for everything. */
  window: Span | null;
  onWindow: (window: Span | null) => void;
}

const STRIP_HEIGHT = 36;
const NO_MARGIN = { top: 0, right: 0, bottom: 0, left: 0 };

/** Dragging and arrow keys report every step; the selection counts once it has stood still this long. */
const SETTLE_MS = 250;

function useSettled(ms: number) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (act: () => void) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(act, ms);
  };
}

/** The whole range in small, with two handles to select a part of it. Both handles take the arrow keys. */
function BrushStrip({ points, range, window, onWindow }: BrushStripProps) {
  const slots = useMemo(() => contextSlots(points, range), [points, range]);
  const [startIndex, endIndex] = window ? spanToSlots(range, window) : [0, SLOT_COUNT - 1];
  const later = useSettled(SETTLE_MS);
  return (
    <LineChart
      responsive
      data={slots}
      margin={NO_MARGIN}
      accessibilityLayer={false}
      style={{ width: '100%', height: STRIP_HEIGHT }}
    >
      <Brush
        dataKey="at"
        height={STRIP_HEIGHT}
        y={0}
        travellerWidth={10}
        startIndex={startIndex}
        endIndex={endIndex}
        stroke="var(--line-strong)"
        fill="var(--sunken)"
        tickFormatter={() => ''}
        ariaLabel="Selected part of the range"
        onChange={(selection) => {
          const first = selection.startIndex ?? 0;
          const last = selection.endIndex ?? SLOT_COUNT - 1;
          const everything = first === 0 && last === SLOT_COUNT - 1;
          later(() => onWindow(everything ? null : slotsToSpan(range, first, last)));
        }}
      >
        <LineChart data={slots} margin={NO_MARGIN}>
          <YAxis domain={[0, 1]} hide width={0} />
          <Line
            dataKey="score"
            type="linear"
            stroke="var(--ink-2)"
            strokeWidth={1}
            dot={false}
            connectNulls={false}
            isAnimationActive={false}
          />
        </LineChart>
      </Brush>
    </LineChart>
  );
}

export default memo(BrushStrip);
