import { ArrowRight } from 'lucide-react';
import { formatScore, pointsText } from '@/components/trust/score-text';
import { RungBadge } from '@/components/ui/badge';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Feedback } from '@/lib/contracts';
import { t } from '@/lib/client/language';

/** What words about an action did to the score and rung of its agent, and why. */
export function EffectLine({ effect }: { effect: Feedback['effect'] }) {
  if (effect === null)
    return (
      <p className="text-dense text-ink-2">
        {t('The score did not move: that this action was right has been counted already.')}
      </p>
    );
  const { before, after, texts } = effect;
  return (
    <div className="text-dense">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="whitespace-nowrap">
          {t('score {score}', { score: formatScore(before.score, 3) })}
          <ArrowRight aria-label={t('to')} size={12} className="mx-1 inline" />
          <strong className="font-semibold">{formatScore(after.score, 3)}</strong>{' '}
          <span className="text-ink-2">({pointsText(after.score - before.score)})</span>
        </span>
        {before.rung === after.rung ? (
          <span className="inline-flex items-center gap-1.5">
            <RungBadge rung={after.rung} /> {t('rung unchanged')}
          </span>
        ) : (
          <span className="inline-flex items-center gap-1.5">
            <RungBadge rung={before.rung} />
            <ArrowRight aria-label={t('to')} size={12} />
            <RungBadge rung={after.rung} named />
          </span>
        )}
      </p>
      <ul className="mt-0.5 list-disc pl-4 text-ink-2">
        {texts.map((text, index) => (
          <li key={index}>
            <UntrustedText text={text} />
          </li>
        ))}
      </ul>
    </div>
  );
}
