import { cx } from '@/components/ui/class-names';
import type { Risk } from '@/lib/contracts';
import { t } from '@/lib/client/language';
import { RISK_NAMES, RISK_WORDS } from '@/components/ui/risk-words';

const LEVELS: Readonly<Record<Risk, number>> = { low: 1, medium: 2, high: 3, critical: 4 };
const BARS = [1, 2, 3, 4] as const;

/** The risk tier as one to four bars and its word. Shape and weight carry it, not color: colors are kept for severity and verdicts. */
export function RiskMark({ risk, className }: { risk: Risk; className?: string }) {
  const level = LEVELS[risk];
  const heavy = level >= 3;
  return (
    <span
      data-hint={RISK_WORDS[risk]}
      className={cx(
        'inline-flex h-5 shrink-0 items-center gap-1 rounded-sm text-xs whitespace-nowrap',
        heavy ? 'px-1.5 font-semibold' : 'font-medium text-ink-2',
        risk === 'critical' && 'bg-ink text-canvas',
        risk === 'high' && 'border border-ink text-ink',
        className,
      )}
    >
      <span aria-hidden className="flex items-end gap-px">
        {BARS.map((bar) => (
          <span
            key={bar}
            style={{ height: 2 + bar * 2 }}
            className={cx('w-[3px] rounded-[1px] bg-current', bar > level && 'opacity-25')}
          />
        ))}
      </span>
      {RISK_NAMES[risk]}
      <span className="sr-only"> {t('risk')}</span>
    </span>
  );
}
