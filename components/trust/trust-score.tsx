import { cx } from '@/components/ui/class-names';
import { t } from '@/lib/client/language';
import { changeText, formatPoints, formatScore } from './score-text';

interface TrustScoreProps {
  /** In [0, 1]. */
  score: number;
  /** Change over 7 days in [-1, 1]; null when there is no history that old; left out where it does not belong. */
  change7d?: number | null;
  size?: 'sm' | 'lg';
  className?: string;
}

const ARROWS = { up: '\u25B2', down: '\u25BC', still: '=' } as const;

/** The score with two decimals and, beside it, the change over 7 days in points with its sign. */
export function TrustScore({ score, change7d, size = 'sm', className }: TrustScoreProps) {
  return (
    <span
      data-numeric
      className={cx('inline-flex items-baseline gap-2 whitespace-nowrap', className)}
    >
      <span className={size === 'lg' ? 'text-2xl font-semibold' : 'font-semibold'}>
        <span className="sr-only">{t('Score')} </span>
        {formatScore(score)}
      </span>
      {change7d === undefined ? null : <TrustChange change7d={change7d} withUnit={size === 'lg'} />}
    </span>
  );
}

/** The change over 7 days alone, for a column of its own. */
export function TrustChange({
  change7d,
  withUnit = false,
}: {
  change7d: number | null;
  withUnit?: boolean;
}) {
  if (change7d === null)
    return (
      <span
        className="text-ink-3"
        data-hint={t('The agent has no score from 7 days ago to compare with')}
      >
        {withUnit ? t('no 7-day history') : t('new')}
      </span>
    );
  const direction = Math.abs(change7d) < 0.00005 ? 'still' : change7d > 0 ? 'up' : 'down';
  return (
    <span
      className={cx(
        'text-dense whitespace-nowrap',
        direction === 'down' ? 'font-medium text-ink' : 'text-ink-2',
      )}
      data-hint={changeText(change7d)}
    >
      <span aria-hidden className="mr-1 text-[9px]">
        {ARROWS[direction]}
      </span>
      {formatPoints(change7d)}
      {withUnit ? (
        ` ${t('points in 7 d')}`
      ) : (
        <span className="sr-only"> {t('points over 7 days')}</span>
      )}
    </span>
  );
}
