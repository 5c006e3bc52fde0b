/** A point of the chart in words, for the read-out, screen readers and the table. */
import { LAYER_LOOKS, LAYERS, rungName } from '@/components/trust/layers';
import { formatScore } from '@/components/trust/score-text';
import type { ChartPoint } from './shape';

type Rungs = readonly { rung: number; name: string }[];

/** "12 Nov 2026, 14:05:31": local time, exact to the second. */
export function momentText(at: number): string {
  return new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
}

export function layerText(score: number | null): string {
  return score === null ? 'unknown' : formatScore(score);
}

export function pointSentence(point: ChartPoint, rungs: Rungs): string {
  const layers = LAYERS.map(
    (layer) => `${LAYER_LOOKS[layer].label.toLowerCase()} ${layerText(point[layer])}`,
  );
  return `${momentText(point.at)}: score ${formatScore(point.score)}, rung ${point.rung} ${rungName(point.rung, rungs)}, ${layers.join(', ')}`;
}
