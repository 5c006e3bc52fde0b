/**
 * The hours of the week at which an agent works, in UTC: 168 numbers that fade, and the surprise of an hour. Pure; times in
 * milliseconds since the epoch. The working hours of a pact are another matter: they are agreed, these are learned.
 */
import {
  DEFAULT_BASELINES,
  learnedShare,
  learnValue,
  NO_BASELINE,
  upperLimit,
  type Baseline,
  type Baselines,
} from './baselines';
import { remaining } from './decay';

const HOUR_MS = 3_600_000;
const WEEK_HOURS = 168;
/** Weeks after which an active hour counts half. */
const HALF_LIFE_WEEKS = 4;
/** An hour is kept as one character for so many tenths: short to store with every decision, and what has faded is gone. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';
const ONE = 10;
/** What is left to chance: no hour is impossible. */
const CHANCE = 0.05;
/** Surprises remembered by the baseline. */
const MEMORY = 500;

export interface WeekHours {
  /** How often the agent was active at each hour of the week, faded, a digit an hour; empty before the first. */
  readonly hours: string;
  readonly usual: Baseline;
  /** Active hours seen; counted no further than it takes to have learned. */
  readonly active: number;
  /** Time of the first active hour; null before it. */
  readonly since: number | null;
  /** The newest active hour, in hours since the epoch. */
  readonly newest: number;
}

export const NO_WEEK_HOURS: WeekHours = {
  hours: '',
  usual: NO_BASELINE,
  active: 0,
  since: null,
  newest: 0,
};

/** An hour of the week at which the agent hardly ever works. Day 0 is Sunday; the surprise and its limit are in bits. */
export interface UnfamiliarHour {
  readonly day: number;
  readonly hour: number;
  readonly surprise: number;
  readonly limit: number;
}

/**
 * Takes an action into account: the first of an hour counts for the hour, the others change nothing.
 *
 * The chance of an hour is half that of its place in the week and half that of its hour of the day times its day, both smoothed
 * over the hours beside it, but for a twentieth that is spread evenly. It is unfamiliar when its surprise, `-log2` of that, is
 * above three standard deviations over the agent's own mean and its chance below `rareShare` of an even spread.
 */
export function stepWeekHours(
  before: WeekHours,
  now: number,
  config: Baselines['weekHours'] = DEFAULT_BASELINES.weekHours,
): { readonly weekHours: WeekHours; readonly unfamiliar: UnfamiliarHour | null } {
  const hour = Math.floor(now / HOUR_MS);
  if (before.since !== null && hour <= before.newest)
    return { weekHours: before, unfamiliar: null };
  const hours = faded(before, hour);
  const place = hour % WEEK_HOURS;
  const surprise = -Math.log2(chanceOf(hours, place));
  const since = before.since ?? now;
  const learned = learnedShare(
    { sinceMs: now - since, observations: before.active },
    config.learning,
  );
  const binds = learned >= 1;
  const limit = Math.max(upperLimit(before.usual), -Math.log2(config.rareShare / WEEK_HOURS));
  const at = new Date(now);
  return {
    weekHours: {
      hours: hours.map((value, index) => digitOf(index === place ? value + ONE : value)).join(''),
      usual:
        learned < 0.5
          ? before.usual
          : learnValue(before.usual, binds ? Math.min(surprise, limit) : surprise, MEMORY),
      active: Math.min(before.active + 1, config.learning.observations),
      since,
      newest: hour,
    },
    unfamiliar:
      binds && surprise > limit
        ? { day: at.getUTCDay(), hour: at.getUTCHours(), surprise, limit }
        : null,
  };
}

/** What is left of the hours in the week of `hour`, in tenths: they fade from week to week, not within one. */
function faded({ hours, newest }: WeekHours, hour: number): readonly number[] {
  const weeks = Math.floor(hour / WEEK_HOURS) - Math.floor(newest / WEEK_HOURS);
  const share = remaining(weeks / HALF_LIFE_WEEKS);
  return Array.from({ length: WEEK_HOURS }, (_, place) =>
    Math.floor(Math.max(0, DIGITS.indexOf(hours.charAt(place) || '0')) * share),
  );
}

/** Once a week for ever adds up to 57 tenths, so that every count has its digit. */
const digitOf = (tenths: number): string => DIGITS.charAt(Math.min(tenths, DIGITS.length - 1));

function chanceOf(hours: readonly number[], place: number): number {
  const sum = (from: number, step: number, count: number) => {
    let total = 0;
    for (let n = 0; n < count; n += 1) total += hours[(from + n * step) % WEEK_HOURS] ?? 0;
    return total;
  };
  const total = sum(0, 1, WEEK_HOURS);
  if (total === 0) return 1 / WEEK_HOURS;
  const day = sum(place - (place % 24), 1, 24) / total;
  const hourOfDay = smoothed((near) => sum((place + near + 24) % 24, 24, 7)) / total;
  const hourOfWeek = smoothed((near) => sum(place + near + WEEK_HOURS, 1, 1)) / total;
  return (1 - CHANCE) * (hourOfWeek / 2 + (hourOfDay * day) / 2) + CHANCE / WEEK_HOURS;
}

/** A quarter, a half and a quarter of the hour before, the hour and the hour after: clocks change twice a year. */
const smoothed = (valueAt: (near: number) => number): number =>
  valueAt(-1) / 4 + valueAt(0) / 2 + valueAt(1) / 4;
