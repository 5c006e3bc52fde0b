/** Words for instants and durations. Pure: `now` comes in. */

const STEPS: readonly [limitSeconds: number, unitSeconds: number, unit: string][] = [
  [60, 1, 's'],
  [3_600, 60, 'min'],
  [86_400, 3_600, 'h'],
  [86_400 * 60, 86_400, 'd'],
  [86_400 * 730, 86_400 * 30.44, 'mo'],
  [Infinity, 86_400 * 365.25, 'y'],
];

/** "3 min ago", "in 2 h", "just now" within 2 seconds. Milliseconds since the epoch in. */
export function relativeText(at: number, now: number): string {
  const seconds = (now - at) / 1_000;
  if (Math.abs(seconds) < 2) return 'just now';
  const amount = durationText(Math.abs(seconds));
  return seconds > 0 ? `${amount} ago` : `in ${amount}`;
}

/** The largest whole unit of a duration in seconds: "45 s", "3 min", "2 h". */
export function durationText(seconds: number): string {
  const step = STEPS.find(([limit]) => seconds < limit) ?? STEPS[0]!;
  return `${Math.floor(seconds / step[1])} ${step[2]}`;
}

/** Minutes and seconds left, "4:05", or hours, "2 h 10 min"; zero once passed. */
export function countdownText(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds));
  if (left >= 3_600) return `${Math.floor(left / 3_600)} h ${Math.floor((left % 3_600) / 60)} min`;
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}

/** Made once: making a formatter costs more than a whole row of a table. */
const LOCAL = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** Exact time, local and UTC, one a line. */
export function exactText(at: number): string {
  const date = new Date(at);
  return `${LOCAL.format(date)} local\n${date.toISOString().replace('T', ' ').replace('Z', '')} UTC`;
}
