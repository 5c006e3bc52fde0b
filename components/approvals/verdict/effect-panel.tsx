import { ArrowRight } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { formatScore, pointsText } from '@/components/trust/score-text';
import { RungBadge } from '@/components/ui/badge';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail } from '@/lib/contracts';
import { t } from '@/lib/client/language';

/** What a verdict did to the agent's score and rung, and which evidence it became. */
export function EffectPanel({
  approval,
  agentHref,
}: {
  approval: ApprovalDetail;
  agentHref: string;
}) {
  const { effect, agent } = approval;
  if (effect === null) return null;
  const { before, after, texts } = effect;
  const change = after.score - before.score;
  return (
    <div className="mt-2 text-dense">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Link href={agentHref} className="font-medium text-accent hover:underline">
          <UntrustedText text={agent.name} />
        </Link>
        <span className="whitespace-nowrap">
          {t('score {score}', { score: formatScore(before.score, 3) })}
          <ArrowRight aria-label={t('to')} size={12} className="mx-1 inline" />
          <strong className="font-semibold">{formatScore(after.score, 3)}</strong>{' '}
          <span className="text-ink-2">({pointsText(change)})</span>
        </span>
        <span className="inline-flex items-center gap-1.5">
          {before.rung === after.rung ? (
            <>
              <RungBadge rung={after.rung} /> {t('rung unchanged')}
            </>
          ) : (
            <>
              <RungBadge rung={before.rung} />
              <ArrowRight aria-label={t('to')} size={12} />
              <RungBadge rung={after.rung} named />
            </>
          )}
        </span>
      </p>
      {texts.length > 0 ? (
        <ul className="mt-1 list-disc pl-4 text-ink-2">
          {texts.map((text, index) => (
            <li key={index}>
              <UntrustedText text={text} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
