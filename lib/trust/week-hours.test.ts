import { describe, expect, it } from 'vitest';
import { NO_WEEK_HOURS, stepWeekHours, type WeekHours } from './week-hours';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MONDAY = Date.UTC(2026, 0, 5);

/** Acts at the given hours of each weekday, counted from Monday, for some weeks. */
function weeks(
  before: WeekHours,
  count: number,
  from: number,
  plan: (weekday: number) => readonly number[],
): { weekHours: WeekHours; told: number[] } {
  const told: number[] = [];
  let weekHours = before;
  for (let day = 0; day < count * 7; day += 1)
    for (const hour of plan(day % 7)) {
      const now = from + day * DAY_MS + hour * HOUR_MS + 60_000;
      const step = stepWeekHours(weekHours, now);
      weekHours = step.weekHours;
      if (step.unfamiliar !== null) told.push(now);
    }
  return { weekHours, told };
}

const office = (weekday: number) => (weekday < 5 ? [9, 11, 14, 16] : []);
const LEARNED = weeks(NO_WEEK_HOURS, 5, MONDAY, office).weekHours;
const AFTERWARDS = MONDAY + 35 * DAY_MS;
const unfamiliarAt = (at: number, known = LEARNED) => stepWeekHours(known, at).unfamiliar;

describe('the hours of the week', () => {
  it('are unfamiliar at night and at the weekend for an agent of office hours', () => {
    expect(unfamiliarAt(AFTERWARDS + 3 * HOUR_MS)).toMatchObject({ day: 1, hour: 3 });
    expect(unfamiliarAt(AFTERWARDS + 5 * DAY_MS + 11 * HOUR_MS)).toMatchObject({
      day: 6,
      hour: 11,
    });
  });

  it('are familiar where the agent works, and in the hour beside it', () => {
    for (const hour of [9, 10, 11, 14, 15, 16, 17])
      expect(unfamiliarAt(AFTERWARDS + hour * HOUR_MS)).toBeNull();
    expect(weeks(LEARNED, 10, AFTERWARDS, office).told).toEqual([]);
  });

  it('are familiar for a day and an hour that were never seen together but each for itself', () => {
    const early = (weekday: number) => (weekday === 2 ? [9, 11, 14, 16, 20] : office(weekday));
    const known = weeks(NO_WEEK_HOURS, 5, MONDAY, early).weekHours;
    expect(unfamiliarAt(AFTERWARDS + 20 * HOUR_MS, known)).toBeNull();
  });

  it('say nothing of an agent that works around the clock, whatever it has missed by chance', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => hour);
    const scattered = (weekday: number) => hours.filter((hour) => (hour + weekday) % 3 === 0);
    const known = weeks(NO_WEEK_HOURS, 5, MONDAY, scattered).weekHours;
    for (let hour = 0; hour < 168; hour += 1)
      expect(unfamiliarAt(AFTERWARDS + hour * HOUR_MS, known)).toBeNull();
  });

  it('say nothing before four weeks and forty active hours', () => {
    const short = weeks(NO_WEEK_HOURS, 3, MONDAY, office).weekHours;
    expect(unfamiliarAt(MONDAY + 21 * DAY_MS + 3 * HOUR_MS, short)).toBeNull();
    const seldom = weeks(NO_WEEK_HOURS, 5, MONDAY, (day) => (day < 5 ? [9] : [])).weekHours;
    expect(unfamiliarAt(AFTERWARDS + 3 * HOUR_MS, seldom)).toBeNull();
  });

  it('count an hour once, however busy it is', () => {
    const at = AFTERWARDS + 3 * HOUR_MS;
    const first = stepWeekHours(LEARNED, at);
    const second = stepWeekHours(first.weekHours, at + 60_000);
    expect(second).toEqual({ weekHours: first.weekHours, unfamiliar: null });
  });

  it('fade: new habits become familiar within weeks, old ones strange within months', () => {
    const night = (weekday: number) => (weekday < 5 ? [1, 2, 3] : []);
    const { weekHours, told } = weeks(LEARNED, 40, AFTERWARDS, night);
    expect(told.length).toBeGreaterThan(0);
    expect(Math.max(...told)).toBeLessThan(AFTERWARDS + 14 * DAY_MS);
    expect(unfamiliarAt(AFTERWARDS + 280 * DAY_MS + 14 * HOUR_MS, weekHours)).not.toBeNull();
  });

  it('stay small: a digit an hour, also for one that comes every week for years', () => {
    const { weekHours } = weeks(LEARNED, 150, AFTERWARDS, office);
    expect(weekHours.hours).toMatch(/^[0-9A-Za-z_-]{168}$/);
    expect(weekHours.hours).toContain('v');
    expect(JSON.stringify(weekHours).length).toBeLessThan(320);
  });
});
