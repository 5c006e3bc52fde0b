'use client';

import { Hourglass } from 'lucide-react';
import { useMemo } from 'react';
import { cx } from '@/components/ui/class-names';
import { useNow } from '@/components/ui/relative-time';
import { exactText } from '@/components/ui/time-text';
import { t } from '@/lib/client/language';
import { timeLeft } from './time-left';

const LOOKS = {
  calm: 'text-ink-2',
  soon: 'font-semibold text-sev-3',
  now: 'font-semibold text-sev-1',
  over: 'text-ink-3',
} as const;

/** Time left, ticking; heavier and colored as it runs out. */
export function TimeLeftText({
  requestedAt,
  expiresAt,
  long,
}: {
  requestedAt: string;
  expiresAt: string;
  /** With the word "left". */
  long?: boolean;
}) {
  const hint = useMemo(() => `${t('Expires')}\n${exactText(Date.parse(expiresAt))}`, [expiresAt]);
  const left = timeLeft(requestedAt, expiresAt, useNow());
  return (
    <time
      dateTime={expiresAt}
      data-hint={hint}
      suppressHydrationWarning
      className={cx('inline-flex items-center gap-1 whitespace-nowrap', LOOKS[left.urgency])}
    >
      {left.urgency === 'soon' || left.urgency === 'now' ? (
        <Hourglass aria-hidden size={12} />
      ) : null}
      {left.short}
      {long && !left.expired ? <span className="max-md:sr-only">{t('left')}</span> : null}
    </time>
  );
}
