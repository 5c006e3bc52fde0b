import { TriangleAlert } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import type { LayerTrust, Trust } from '@/lib/contracts';
import { rich, t } from '@/lib/client/language';
import { LayerChip } from './layer-chip';
import { isUnknown, LAYER_LOOKS, LAYERS, type Layer } from './layers';
import { coverageText, formatScore } from './score-text';

/** The four layers of a trust record: score as a bar, how much of it rests on evidence, and how old the newest evidence is. */
export function LayerBars({ trust, compact = false }: { trust: Trust; compact?: boolean }) {
  return (
    <ul className="divide-y divide-line">
      {LAYERS.map((layer) => (
        <LayerRow key={layer} layer={layer} reading={trust.layers[layer]} compact={compact} />
      ))}
    </ul>
  );
}

function LayerRow({
  layer,
  reading,
  compact,
}: {
  layer: Layer;
  reading: LayerTrust | undefined;
  compact: boolean;
}) {
  const unknown = isUnknown(reading);
  return (
    <li className={compact ? 'py-1.5' : 'py-2.5 first:pt-0 last:pb-0'}>
      <div className="flex items-center gap-2 text-dense">
        <LayerChip layer={layer} className="font-medium" />
        {compact ? null : <span className="text-ink-3">{LAYER_LOOKS[layer].question}</span>}
        <span className="ml-auto flex items-center gap-2">
          {reading?.alarm ? (
            <Badge tone="severity-1" icon={<TriangleAlert aria-hidden size={12} />}>
              {t('alarm')}
            </Badge>
          ) : null}
          {unknown || !reading ? (
            <span className="text-ink-2">{t('unknown')}</span>
          ) : (
            <span className="font-semibold">{formatScore(reading.score)}</span>
          )}
        </span>
      </div>
      <ScoreBar layer={layer} score={unknown || !reading ? null : reading.score} />
      <Evidence reading={unknown ? undefined : reading} />
    </li>
  );
}

function ScoreBar({ layer, score }: { layer: Layer; score: number | null }) {
  if (score === null)
    return <div aria-hidden className="hatched mt-1 h-2 rounded-sm border border-line" />;
  return (
    <div aria-hidden className="mt-1 h-2 overflow-hidden rounded-sm bg-sunken">
      <div
        className="h-full min-w-px"
        style={{ width: `${score * 100}%`, background: LAYER_LOOKS[layer].color }}
      />
    </div>
  );
}

function Evidence({ reading }: { reading: LayerTrust | undefined }) {
  if (!reading || reading.freshAt === null)
    return <p className="mt-1 text-xs text-ink-2">{t('No evidence yet, so it counts as low.')}</p>;
  return (
    <p className="mt-1 flex flex-wrap justify-between gap-x-3 text-xs text-ink-2">
      <span
        data-hint={t("How much of the layer's score rests on evidence; the rest is not knowing")}
      >
        {coverageText(reading.coverage)}
      </span>
      <span>{rich('newest {time}', { time: <RelativeTime at={reading.freshAt} /> })}</span>
    </p>
  );
}
