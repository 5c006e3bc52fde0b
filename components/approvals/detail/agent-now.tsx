import { Link } from '@/components/ui/link';
import { LAYERS, LAYER_LOOKS, isUnknown } from '@/components/trust/layers';
import { formatPoints, formatScore } from '@/components/trust/score-text';
import { TrustGlyph } from '@/components/trust/trust-glyph';
import { RungBadge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail, Layer, LayerTrust } from '@/lib/contracts';
import { rich, t } from '@/lib/client/language';
import { Section } from './section';

/** The agent's trust now, layer by layer, and how it moved since it asked. */
export function AgentNow({ approval, agentHref }: { approval: ApprovalDetail; agentHref: string }) {
  const { agent, trustAtRequest } = approval;
  const moved = agent.trust.score - trustAtRequest.score;
  return (
    <Section title={t('The agent now')}>
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <TrustGlyph trust={agent.trust} size={32} decorative />
        <Link href={agentHref} className="font-semibold text-accent hover:underline">
          <UntrustedText text={agent.name} />
        </Link>
        <span className="text-lg font-semibold">{formatScore(agent.trust.score)}</span>
        <RungBadge rung={agent.trust.rung} named />
        <span className="text-dense text-ink-2">
          {Math.abs(moved) < 0.0005
            ? t('unchanged since it asked')
            : t('{points} points since it asked', { points: formatPoints(moved) })}
        </span>
      </div>
      <div className="grid grid-cols-[max-content_minmax(40px,1fr)_max-content_minmax(0,auto)] gap-x-3 gap-y-1.5">
        {LAYERS.map((layer) => (
          <LayerLine key={layer} layer={layer} reading={agent.trust.layers[layer]} />
        ))}
      </div>
    </Section>
  );
}

function LayerLine({ layer, reading }: { layer: Layer; reading: LayerTrust }) {
  const unknown = isUnknown(reading);
  return (
    <div className="col-span-full grid grid-cols-subgrid items-center text-dense">
      <span className="text-ink-2">{LAYER_LOOKS[layer].label}</span>
      <span aria-hidden className={unknown ? 'hatched h-2 rounded-sm' : 'h-2 rounded-sm bg-sunken'}>
        {unknown ? null : (
          <span
            className="block h-2 rounded-sm"
            style={{ width: `${reading.score * 100}%`, background: LAYER_LOOKS[layer].color }}
          />
        )}
      </span>
      <span className="text-right font-medium">{unknown ? '–' : formatScore(reading.score)}</span>
      <span className="text-xs text-ink-2">
        {reading.alarm ? (
          <strong className="font-semibold text-sev-1">{t('in alarm')}, </strong>
        ) : null}
        {reading.freshAt === null
          ? t('unknown: no evidence')
          : rich('last evidence {time}', { time: <RelativeTime at={reading.freshAt} /> })}
      </span>
    </div>
  );
}
