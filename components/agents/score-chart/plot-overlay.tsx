'use client';

import type { KeyboardEvent, PointerEvent } from 'react';
import { useCrosshair, useCrosshairAt } from './crosshair';
import { pointSentence } from './point-text';
import { fractionOf, nearestPoint, type ChartPoint, type Span } from './shape';
import { indexAfterKey } from './walk-keys';
import { t } from '@/lib/client/language';

interface PlotOverlayProps {
  points: readonly ChartPoint[];
  range: Span;
  pinned: number | null;
  onPin: (at: number | null) => void;
  rungs: readonly { rung: number; name: string }[];
  /** The pointer or the focus came or went. */
  onAttention: (here: boolean) => void;
}

/** The point the crosshair or the pin stands at, and what pointer and keys do to it. */
function useWalk({ points, range, pinned, onPin }: PlotOverlayProps) {
  const crosshair = useCrosshair();
  const at = useCrosshairAt() ?? pinned;
  const index = at === null ? points.length - 1 : nearestPoint(points, at);
  const point = points[index];

  const underPointer = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const fraction = (event.clientX - box.left) / box.width;
    return points[nearestPoint(points, range.from + fraction * (range.to - range.from))];
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape' && pinned !== null) onPin(null);
    if ((event.key === 'Enter' || event.key === ' ') && point) {
      event.preventDefault();
      onPin(point.at);
    }
    const next = points[indexAfterKey(event.key, event.shiftKey, index, points.length) ?? -1];
    if (!next) return;
    event.preventDefault();
    crosshair.set(next.at);
  };
  return { crosshair, index, point, underPointer, onKeyDown };
}

/** Lies over the lines: takes pointer and keyboard, and is to assistive technology a slider over the points. */
export function PlotOverlay(props: PlotOverlayProps) {
  const { points, onPin, rungs, onAttention } = props;
  const { crosshair, index, point, underPointer, onKeyDown } = useWalk(props);
  const leave = () => {
    crosshair.set(null);
    onAttention(false);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={t('Points of the score chart; arrow keys walk, Enter explains the point')}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, points.length - 1)}
      aria-valuenow={Math.max(0, index)}
      aria-valuetext={point ? pointSentence(point, rungs) : t('no points in this range')}
      className="absolute inset-0 cursor-crosshair touch-pan-y rounded-sm"
      onPointerMove={(event) => crosshair.set(underPointer(event)?.at ?? null)}
      onPointerEnter={() => onAttention(true)}
      onPointerLeave={leave}
      onPointerUp={(event) => {
        const hit = event.button === 0 ? underPointer(event) : undefined;
        if (hit) onPin(hit.at);
      }}
      onFocus={(event) => {
        onAttention(true);
        if (event.currentTarget.matches(':focus-visible')) crosshair.set(point?.at ?? null);
      }}
      onBlur={leave}
      onKeyDown={onKeyDown}
    />
  );
}

/** The vertical lines through lanes and plot: where the crosshair stands, and the pinned moment. */
export function CrosshairLines({ range, pinned }: { range: Span; pinned: number | null }) {
  const at = useCrosshairAt();
  return (
    <>
      {at === null ? null : <MomentLine range={range} at={at} className="bg-ink-3" />}
      {pinned === null ? null : (
        <MomentLine range={range} at={pinned} className="w-0.5 bg-accent" />
      )}
    </>
  );
}

function MomentLine({ range, at, className }: { range: Span; at: number; className: string }) {
  const fraction = fractionOf(range, at);
  if (fraction < 0 || fraction > 1) return null;
  return (
    <div
      aria-hidden
      className={`pointer-events-none absolute inset-y-0 w-px -translate-x-1/2 ${className}`}
      style={{ left: `${fraction * 100}%` }}
    />
  );
}

/** The dot on the composite where the crosshair stands. */
export function CrosshairDot({ points, range }: { points: readonly ChartPoint[]; range: Span }) {
  const at = useCrosshairAt();
  const point = at === null ? undefined : points[nearestPoint(points, at)];
  if (!point) return null;
  const fraction = fractionOf(range, point.at);
  if (fraction < 0 || fraction > 1) return null;
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute size-2.5 -translate-x-1/2 translate-y-1/2 rounded-full border-2 border-surface bg-ink"
      style={{ left: `${fraction * 100}%`, bottom: `${point.score * 100}%` }}
    />
  );
}
