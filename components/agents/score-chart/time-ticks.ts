/** Round instants for the time axis. Pure: the offset of local time comes in. */
import type { Span } from './shape';
import { spokenDay } from '@/lib/client/language';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[1, 5, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 30, 60, 120, 365].map((days) => days * DAY),
];

export interface TimeTick {
  at: number;
  label: string;
}

/**
 * At most `most` ticks on round local times. `offsetMs` is what local time is ahead of UTC.
 *
 * @example timeTicks({ from, to }, 8, 3_600_000) // 00:00, 03:00, ... in UTC+1
 */
export function timeTicks(range: Span, most: number, offsetMs: number): TimeTick[] {
  const width = range.to - range.from;
  if (width <= 0) return [];
  const step = STEPS.find((candidate) => width / candidate <= most) ?? width;
  const first = Math.ceil((range.from + offsetMs) / step) * step - offsetMs;
  const ticks: TimeTick[] = [];
  for (let at = first; at <= range.to; at += step)
    ticks.push({ at, label: tickLabel(at + offsetMs, step) });
  return ticks;
}

/** Hours within a day, the date at midnight and for longer steps, the year with steps of a month and more. */
function tickLabel(local: number, step: number): string {
  const date = new Date(local);
  if (step >= 60 * DAY) return spokenDay(local, true);
  if (step >= DAY || local % DAY === 0) return spokenDay(local);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** How the axis names its clock: "UTC+1", "UTC-3:30", "UTC". */
export function zoneText(offsetMs: number): string {
  if (offsetMs === 0) return 'UTC';
  const minutes = Math.abs(Math.round(offsetMs / MINUTE));
  const rest = minutes % 60;
  const sign = offsetMs > 0 ? '+' : '\u2212';
  return `UTC${sign}${Math.floor(minutes / 60)}${rest ? `:${two(rest)}` : ''}`;
}
