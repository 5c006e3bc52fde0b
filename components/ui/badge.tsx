import type { ReactNode } from 'react';
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

export const RUNG_NAMES = [
  'read-only',
  'suggest',
  'execute with approval',
  'conditional auto-execution',
  'full autonomy',
] as const;

/** The rung as a filled number, with its name beside it when `named`. */
export function RungBadge({ rung, name, named }: { rung: number; name?: string; named?: boolean }) {
  const words = name ?? RUNG_NAMES[rung - 1] ?? '';
  return (
    <span
      className="inline-flex items-center gap-1.5 whitespace-nowrap"
      data-hint={named ? undefined : `Rung ${rung}: ${words}`}
    >
      <span className="sr-only">Rung </span>
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
