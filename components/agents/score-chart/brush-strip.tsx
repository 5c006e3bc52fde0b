'use client';

import { memo, useMemo } from 'react';
import { Curve, Surface } from 'recharts';
import { selectedSlots } from './brush-moves';
import { contextSlots, SLOT_COUNT, slotsToSpan, type ContextSlot } from './context-slots';
import { scoreY } from './curve-points';
import { momentText } from './point-text';
import type { ChartPoint, Span } from './shape';
import { useBox, type Box } from './use-box';
import { useBrush } from './use-brush';
import { t, texts } from '@/lib/client/language';

export interface BrushStripProps {
  points: readonly ChartPoint[];
  /** The whole range of the strip. */
  range: Span;
  /** The part that is selected; null for everything. */
  window: Span | null;
  onWindow: (window: Span | null) => void;
}

const HANDLE_WIDTH = 10;
const LABELS = texts({
  start: 'Start of the selected part',
  end: 'End of the selected part',
});
/** The line keeps this far from the frame, in px. */
const INSET = 1;

/** The whole range in small, with two handles to select a part of it. Both handles take the arrow keys. */
function BrushStrip({ points, ...brush }: BrushStripProps) {
  const [measure, box] = useBox();
  const slots = useMemo(() => contextSlots(points, brush.range), [points, brush.range]);
  return (
    <div ref={measure} className="h-9 w-full">
      {box ? (
        <Surface
          role="group"
          aria-label={t('Selected part of the range')}
          width={box.width}
          height={box.height}
          className="block size-full select-none"
        >
          <rect {...box} fill="var(--sunken)" stroke="var(--line-strong)" />
          <Curve
            points={slotPoints(slots, box)}
            fill="none"
            stroke="var(--ink-2)"
            strokeWidth={1}
          />
          <Selection {...brush} box={box} />
        </Surface>
      ) : null}
    </div>
  );
}

function slotPoints(slots: readonly ContextSlot[], box: Box) {
  const step = (box.width - 2 * INSET) / (slots.length - 1);
  return slots.map(({ score }, index) => ({
    x: INSET + index * step,
    y: score === null ? null : INSET + scoreY(score, box.height - 2 * INSET),
  }));
}

/** What lies between the handles, and the handles themselves. */
function Selection({ box, ...brush }: Omit<BrushStripProps, 'points'> & { box: Box }) {
  const slotPx = (box.width - HANDLE_WIDTH) / (SLOT_COUNT - 1);
  const { handles, drag, step } = useBrush({ ...brush, slotPx });
  const span = slotsToSpan(brush.range, ...selectedSlots(handles));
  const crossed = handles.start > handles.end;
  return (
    <>
      <rect
        x={Math.min(handles.start, handles.end) * slotPx + HANDLE_WIDTH}
        width={Math.max(Math.abs(handles.end - handles.start) * slotPx - HANDLE_WIDTH, 0)}
        height={box.height}
        fill="var(--line-strong)"
        fillOpacity={0.2}
        className="cursor-move touch-pan-y"
        {...drag('between')}
      />
      {(['start', 'end'] as const).map((part) => (
        <g
          key={part}
          role="slider"
          tabIndex={0}
          aria-label={LABELS[part]}
          aria-valuemin={0}
          aria-valuemax={SLOT_COUNT - 1}
          aria-valuenow={Math.round(handles[part])}
          aria-valuetext={momentText((part === 'start') === crossed ? span.to : span.from)}
          className="cursor-col-resize touch-pan-y"
          onKeyDown={step(part)}
          {...drag(part)}
        >
          <Handle x={handles[part] * slotPx} height={box.height} />
        </g>
      ))}
    </>
  );
}

function Handle({ x, height }: { x: number; height: number }) {
  const middle = Math.floor(height / 2) - 1;
  return (
    <>
      <rect x={x} width={HANDLE_WIDTH} height={height} fill="var(--line-strong)" />
      {[middle, middle + 2].map((y) => (
        <line key={y} x1={x + 1} x2={x + HANDLE_WIDTH - 1} y1={y} y2={y} stroke="#fff" />
      ))}
    </>
  );
}

export default memo(BrushStrip);
