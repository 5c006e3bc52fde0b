'use client';

import { useSyncExternalStore } from 'react';
import { t } from '@/lib/client/language';
import { cx } from './class-names';
import { countdownText, exactText, relativeText } from './time-text';

let now = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

const wholeSecond = () => Math.floor(Date.now() / 1_000) * 1_000;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = wholeSecond();
    listeners.forEach((notify) => notify());
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function snapshot(): number {
  if (now === 0 || Date.now() - now > 2_000) now = wholeSecond();
  return now;
}

/** The present in milliseconds, one clock for the whole page, changing every second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, snapshot, wholeSecond);
}

/** The same clock, for a text that changes less often: the component renders only when the text does. */
function useTimeText(write: (now: number) => string): string {
  return useSyncExternalStore(
    subscribe,
    () => write(snapshot()),
    () => write(wholeSecond()),
  );
}

export interface RelativeTimeProps {
  /** RFC 3339 instant, or milliseconds since the epoch. */
  at: string | number;
  className?: string;
  /** Take a place in the tab order, so that the exact time shows on keyboard focus. */
  focusable?: boolean;
}

/** "3 min ago", ticking; exact local and UTC on hover and focus, and in `datetime`. */
export function RelativeTime({ at, className, focusable }: RelativeTimeProps) {
  const instant = typeof at === 'number' ? at : Date.parse(at);
  const text = useTimeText((present) => relativeText(instant, present));
  return (
    <time
      dateTime={new Date(instant).toISOString()}
      data-hint={exactText(instant)}
      tabIndex={focusable ? 0 : undefined}
      suppressHydrationWarning
      className={cx('whitespace-nowrap', className)}
    >
      {text}
    </time>
  );
}

/** Time left until an instant; says "expired" once it has passed. */
export function Countdown({ until, className }: { until: string; className?: string }) {
  const instant = Date.parse(until);
  const text = useTimeText((present) =>
    instant <= present ? t('expired') : countdownText((instant - present) / 1_000),
  );
  return (
    <time
      dateTime={new Date(instant).toISOString()}
      data-hint={exactText(instant)}
      suppressHydrationWarning
      className={cx('whitespace-nowrap', className)}
    >
      {text}
    </time>
  );
}
