/** How a score went over the last two weeks, in one entry a day: enough to see a fall, and a decline that nothing stopped. */

const DAY_MS = 86_400_000;
/** Days remembered: the fourteen of the decline, and the one it began on. */
const KEPT_DAYS = 15;
const FALL_DAYS = 7;
/** A fall of the composite within seven days that opens an incident, in [0, 1]. */
const FALL_LIMIT = 0.2;
const DECLINE_DAYS = 14;
/** What fourteen days of decline have to cost in all, in [0, 1]: below, it is noise. */
const DECLINE_LIMIT = 0.01;

/** Day since the epoch, the score it ended with so far, and its highest score; scores to four decimals. */
type ScoreDay = readonly [day: number, last: number, high: number];

export interface ScoreDays {
  readonly days: readonly ScoreDay[];
  /** Day on which a decline was last told of; the next one begins there. */
  readonly toldDecline: number;
}

export const NO_SCORE_DAYS: ScoreDays = { days: [], toldDecline: 0 };

export interface ScoreChange {
  readonly rule: 'trust.score_fell' | 'trust.no_recovery';
  readonly from: number;
  readonly to: number;
}

const rounded = (score: number) => Math.round(score * 10_000) / 10_000;

/**
 * Takes a reading into account. A fall is told of once: afterwards the next one is measured from where this one ended.
 *
 * @param score in [0, 1]
 * @param now milliseconds since the epoch; a reading older than the newest day counts into that day
 */
export function stepScoreDays(
  before: ScoreDays,
  score: number,
  now: number,
): { readonly after: ScoreDays; readonly changes: readonly ScoreChange[] } {
  const today = Math.max(Math.floor(now / DAY_MS), before.days.at(-1)?.[0] ?? 0);
  const last = rounded(score);
  const earlier = before.days.filter(([day]) => day < today && day > today - KEPT_DAYS);
  const high = Math.max(last, before.days.find(([day]) => day === today)?.[2] ?? last);
  const days: ScoreDay[] = [...earlier, [today, last, high]];
  const peak = Math.max(...days.filter(([day]) => day > today - FALL_DAYS).map((day) => day[2]));
  const fell = rounded(peak - last) >= FALL_LIMIT;
  const declined = declineOf(days, Math.max(today - DECLINE_DAYS, before.toldDecline), today);
  return {
    after: {
      days: fell ? days.map(([day, end]): ScoreDay => [day, end, Math.min(end, last)]) : days,
      toldDecline: declined === undefined ? before.toldDecline : today,
    },
    changes: [
      ...(fell ? [{ rule: 'trust.score_fell' as const, from: peak, to: last }] : []),
      ...(declined === undefined ? [] : [declined]),
    ],
  };
}

/** A decline that covers all of the fourteen days: known at both ends, never higher than on the day before. */
function declineOf(
  days: readonly ScoreDay[],
  since: number,
  today: number,
): ScoreChange | undefined {
  if (since > today - DECLINE_DAYS) return undefined;
  const span = days.filter(([day]) => day >= since);
  const [first] = span;
  const end = span.at(-1);
  if (first === undefined || end === undefined || first[0] !== since) return undefined;
  const recovered = span.some((day, index) => index > 0 && day[1] > (span[index - 1]?.[1] ?? 1));
  if (recovered || rounded(first[1] - end[1]) < DECLINE_LIMIT) return undefined;
  return { rule: 'trust.no_recovery', from: first[1], to: end[1] };
}
