/** A point of the chart in words, for the read-out, screen readers and the table. */
import { LAYERS, rungName } from '@/components/trust/layers';
import { formatScore, LAYER_WORDS } from '@/components/trust/score-text';
import type { ChartPoint } from './shape';
import { spokenDate, t } from '@/lib/client/language';

type Rungs = readonly { rung: number; name: string }[];

/** "12 Nov 2026, 14:05:31": local time, exact to the second. */
export function momentText(at: number): string {
  return spokenDate(at);
}

export function layerText(score: number | null): string {
  return score === null ? t('unknown') : formatScore(score);
}

export function pointSentence(point: ChartPoint, rungs: Rungs): string {
  const layers = LAYERS.map((layer) =>
    t('{layer} {score}', { layer: LAYER_WORDS[layer], score: layerText(point[layer]) }),
  );
  return t('{time}: score {score}, rung {rung} {name}, {layers}', {
    time: momentText(point.at),
    score: formatScore(point.score),
    rung: point.rung,
    name: rungName(point.rung, rungs),
    layers: layers.join(', '),
  });
}
