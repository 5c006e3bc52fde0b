import { counted, t } from '@/lib/client/language';

/** How long an approval may still be decided. */
export interface TimeLeft {
  /** Seconds until expiry, never negative. */
  readonly seconds: number;
  readonly expired: boolean;
  /** `soon` under 5 minutes, `now` under 1. */
  readonly urgency: 'calm' | 'soon' | 'now' | 'over';
  /** Short, for a table cell: `3 h 05 min`, `4:09`, `expired`. */
  readonly short: string;
  /** A sentence fragment for screen readers: `4 minutes left`. */
  readonly spoken: string;
  /** Share of the whole time that is left, in [0, 1]. */
  readonly share: number;
}

const SOON_SECONDS = 300;
const NOW_SECONDS = 60;

/** Time left at `now` (ms since the epoch) for an item asked at `requestedAt` and dying at `expiresAt` (RFC 3339). */
export function timeLeft(requestedAt: string, expiresAt: string, now: number): TimeLeft {
  const end = Date.parse(expiresAt);
  const seconds = Math.max(0, Math.ceil((end - now) / 1000));
  if (seconds === 0) {
    return {
      seconds,
      expired: true,
      urgency: 'over',
      short: t('expired'),
      spoken: t('expired'),
      share: 0,
    };
  }
  const whole = Math.max(1, (end - Date.parse(requestedAt)) / 1000);
  return {
    seconds,
    expired: false,
    urgency: seconds < NOW_SECONDS ? 'now' : seconds < SOON_SECONDS ? 'soon' : 'calm',
    short: shortDuration(seconds),
    spoken: spokenDuration(seconds),
    share: Math.min(1, seconds / whole),
  };
}

/** `42 s`, `4:09`, `23 min`, `3 h 05 min`, `2 d 4 h`. Seconds appear once they matter: under ten minutes. */
export function shortDuration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (seconds < 60) return t('{n} s', { n: seconds });
  if (minutes < 10) return `${minutes}:${pad(seconds % 60)}`;
  if (minutes < 60) return t('{n} min', { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return t('{hours} h {minutes} min', { hours, minutes: pad(minutes % 60) });
  return t('{days} d {hours} h', { days: Math.floor(hours / 24), hours: hours % 24 });
}

function spokenDuration(seconds: number): string {
  if (seconds < 60) return counted(seconds, '{count} second left', '{count} seconds left');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return counted(minutes, '{count} minute left', '{count} minutes left');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return counted(hours, '{count} hour left', '{count} hours left');
  return counted(Math.floor(hours / 24), '{count} day left', '{count} days left');
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
