/** Words for instants and durations. Pure: `now` comes in. */
import { spokenDate, t } from '@/lib/client/language';

const STEPS: readonly [limitSeconds: number, unitSeconds: number, write: (n: number) => string][] =
  [
    [60, 1, (n) => t('{n} s', { n })],
    [3_600, 60, (n) => t('{n} min', { n })],
    [86_400, 3_600, (n) => t('{n} h', { n })],
    [86_400 * 60, 86_400, (n) => t('{n} d', { n })],
    [86_400 * 730, 86_400 * 30.44, (n) => t('{n} mo', { n })],
    [Infinity, 86_400 * 365.25, (n) => t('{n} y', { n })],
  ];

/** "3 min ago", "in 2 h", "just now" within 2 seconds. Milliseconds since the epoch in. */
export function relativeText(at: number, now: number): string {
  const seconds = (now - at) / 1_000;
  if (Math.abs(seconds) < 2) return t('just now');
  const amount = durationText(Math.abs(seconds));
  return seconds > 0 ? t('{amount} ago', { amount }) : t('in {amount}', { amount });
}

/** The largest whole unit of a duration in seconds: "45 s", "3 min", "2 h". */
export function durationText(seconds: number): string {
  const step = STEPS.find(([limit]) => seconds < limit) ?? STEPS[0]!;
  return step[2](Math.floor(seconds / step[1]));
}

/** Minutes and seconds left, "4:05", or hours, "2 h 10 min"; zero once passed. */
export function countdownText(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds));
  const minutes = Math.floor((left % 3_600) / 60);
  if (left >= 3_600)
    return t('{hours} h {minutes} min', { hours: Math.floor(left / 3_600), minutes });
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}

/** Exact time, local and UTC, one a line. */
export function exactText(at: number): string {
  const date = new Date(at);
  const utc = date.toISOString().replace('T', ' ').replace('Z', '');
  return `${t('{time} local', { time: spokenDate(at) })}\n${utc} UTC`;
}
