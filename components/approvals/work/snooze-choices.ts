import { t, texts } from '@/lib/client/language';
const MINUTE_MS = 60_000;
/** The server wants a minute between the return of a call and its end; half of one more covers the way there. */
const MARGIN_MS = 1.5 * MINUTE_MS;
const MINUTES = [5, 15, 30, 60, 240] as const;

const LABELS: Readonly<Record<(typeof MINUTES)[number], string>> = texts({
  5: 'in 5 minutes',
  15: 'in 15 minutes',
  30: 'in 30 minutes',
  60: 'in an hour',
  240: 'in 4 hours',
});

export interface SnoozeChoice {
  readonly label: string;
  /** RFC 3339. */
  readonly until: string;
}

/** When a call can come back, `now` and `expiresAt` in milliseconds: never so late that nobody could decide it any more. */
export function snoozeChoices(now: number, expiresAt: number): SnoozeChoice[] {
  const latest = expiresAt - MARGIN_MS;
  if (latest <= now + MINUTE_MS) return [];
  const fixed = MINUTES.map((minutes) => ({
    label: LABELS[minutes],
    at: now + minutes * MINUTE_MS,
  })).filter(({ at }) => at <= latest);
  const last = { label: t('shortly before its time is over'), at: latest };
  return [...fixed, last].map(({ label, at }) => ({ label, until: new Date(at).toISOString() }));
}
