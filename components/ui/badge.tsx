import type { ReactNode } from 'react';
import { t, texts } from '@/lib/client/language';
import { cx } from './class-names';

export type BadgeTone =
  'neutral' | 'accent' | 'severity-1' | 'severity-2' | 'severity-3' | 'approved' | 'rejected';

const TONES: Record<BadgeTone, string> = {
  neutral: 'bg-sunken text-ink-2 border-line',
  accent: 'bg-accent-soft text-accent border-accent/30',
  'severity-1': 'bg-sev-1-soft text-sev-1 border-sev-1/35',
  'severity-2': 'bg-sev-2-soft text-sev-2 border-sev-2/35',
  'severity-3': 'bg-sev-3-soft text-sev-3 border-sev-3/35',
  approved: 'bg-approved-soft text-approved border-approved/35',
  rejected: 'bg-rejected-soft text-rejected border-rejected/35',
};

/** A short word with a tone. The word carries the meaning; the color only helps to find it. */
export function Badge({
  tone = 'neutral',
  icon,
  children,
  className,
  hint,
}: {
  tone?: BadgeTone;
  icon?: ReactNode;
  children: ReactNode;
  className?: string;
  hint?: string;
}) {
  return (
    <span
      data-hint={hint}
      className={cx(
        'inline-flex h-5 shrink-0 items-center gap-1 rounded-sm border px-1.5 text-xs font-medium whitespace-nowrap',
        TONES[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}

const RUNG_CLASSES = [
  'bg-rung-1 text-rung-1-ink',
  'bg-rung-2 text-rung-2-ink',
  'bg-rung-3 text-rung-3-ink',
  'bg-rung-4 text-rung-4-ink',
  'bg-rung-5 text-rung-5-ink',
] as const;

const RUNG_NAMES = texts({
  1: 'read-only',
  2: 'suggest',
  3: 'execute with approval',
  4: 'conditional auto-execution',
  5: 'full autonomy',
});

/** The name of a rung in the default ladder; nothing for a rung it does not have. */
export function defaultRungName(rung: number): string | undefined {
  return Object.hasOwn(RUNG_NAMES, rung) ? RUNG_NAMES[rung as keyof typeof RUNG_NAMES] : undefined;
}

/** The rung as a filled number, with its name beside it when `named`. */
export function RungBadge({ rung, name, named }: { rung: number; name?: string; named?: boolean }) {
  const words = name ?? defaultRungName(rung) ?? '';
  return (
    <span
      className="inline-flex items-center gap-1.5 whitespace-nowrap"
      data-hint={named ? undefined : t('Rung {rung}: {name}', { rung, name: words })}
    >
      <span className="sr-only">{t('Rung')} </span>
      <span
        className={cx(
          'inline-flex size-5 items-center justify-center rounded-sm text-xs font-semibold',
          RUNG_CLASSES[rung - 1] ?? RUNG_CLASSES[0],
        )}
      >
        {rung}
      </span>
      {named ? <span>{words}</span> : <span className="sr-only">{words}</span>}
    </span>
  );
}
