'use client';

import { LayerSwatch } from '@/components/trust/layer-chip';
import { LAYER_LOOKS, LAYERS } from '@/components/trust/layers';
import { formatScore } from '@/components/trust/score-text';
import { cx } from '@/components/ui/class-names';
import type { Layer } from '@/lib/contracts';
import { useCrosshairAt } from './crosshair';
import { layerText, momentText } from './point-text';
import { nearestPoint, type ChartPoint } from './shape';
import { t } from '@/lib/client/language';

interface LegendProps {
  points: readonly ChartPoint[];
  pinned: number | null;
  layers: readonly Layer[];
  onLayers: (layers: readonly Layer[]) => void;
}

/** Names the lines, switches layers on and off, and reads out the point at the crosshair, the pinned one, or the latest. */
export function Legend({ points, pinned, layers, onLayers }: LegendProps) {
  const at = useCrosshairAt() ?? pinned;
  const point = at === null ? points.at(-1) : points[nearestPoint(points, at)];
  const toggle = (layer: Layer) =>
    onLayers(LAYERS.filter((known) => layers.includes(known) !== (known === layer)));
  return (
    <div className="flex flex-wrap items-center gap-x-1 gap-y-1 text-dense">
      <span className="inline-flex items-center gap-1.5 pr-2">
        <svg aria-hidden width={18} height={8}>
          <line x1={0} x2={18} y1={4} y2={4} stroke="var(--ink)" strokeWidth={3} />
        </svg>
        <span>{t('Score')}</span>
        <span className="w-8 font-semibold">{point ? formatScore(point.score) : ''}</span>
        <span className="text-ink-2">{point ? t('rung {rung}', { rung: point.rung }) : ''}</span>
      </span>
      {LAYERS.map((layer) => {
        const on = layers.includes(layer);
        return (
          <button
            key={layer}
            type="button"
            aria-pressed={on}
            data-hint={
              on
                ? t('Hide {layer}', { layer: LAYER_LOOKS[layer].label })
                : t('Show {layer}', { layer: LAYER_LOOKS[layer].label })
            }
            onClick={() => toggle(layer)}
            className={cx(
              'inline-flex h-7 items-center gap-1.5 rounded-md px-2 hover:bg-hover',
              on ? 'text-ink' : 'text-ink-3 line-through decoration-ink-3',
            )}
          >
            <LayerSwatch layer={layer} />
            {LAYER_LOOKS[layer].label}
            <span className="inline-block min-w-8 text-left no-underline">
              {point ? layerText(point[layer]) : ''}
            </span>
          </button>
        );
      })}
      <span className="ml-auto text-ink-2">{readOut(point, at !== null)}</span>
    </div>
  );
}

function readOut(point: ChartPoint | undefined, pointedAt: boolean): string {
  if (point === undefined) return t('no points');
  const time = momentText(point.at);
  return pointedAt ? time : t('last point, {time}', { time });
}
