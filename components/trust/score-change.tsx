import { ArrowRight } from 'lucide-react';
import { RungBadge } from '@/components/ui/badge';
import { rich, t } from '@/lib/client/language';
import { formatScore, pointsText } from './score-text';

interface Standing {
  /** In [0, 1]. */
  readonly score: number;
  readonly rung: number;
}

/**
 * How a score and rung moved: the scores with two decimals as everywhere, the change in points. Where the two scores read the same
 * only one is shown, so that nothing looks like a change into itself.
 */
export function ScoreChange({ before, after }: { before: Standing; after: Standing }) {
  const [from, to] = [formatScore(before.score), formatScore(after.score)];
  return (
    <>
      <span className="whitespace-nowrap">
        {from === to ? (
          rich('score {score}', { score: <strong className="font-semibold">{to}</strong> })
        ) : (
          <>
            {t('score {score}', { score: from })}
            <ArrowRight aria-label={t('to')} size={12} className="mx-1 inline" />
            <strong className="font-semibold">{to}</strong>
          </>
        )}{' '}
        <span className="text-ink-2">({pointsText(after.score - before.score)})</span>
      </span>
      <span className="inline-flex items-center gap-1.5">
        {before.rung === after.rung ? (
          rich('still rung {rung}', { rung: <RungBadge rung={after.rung} /> })
        ) : (
          <>
            <RungBadge rung={before.rung} />
            <ArrowRight aria-label={t('to')} size={12} />
            <RungBadge rung={after.rung} named />
          </>
        )}
      </span>
    </>
  );
}
