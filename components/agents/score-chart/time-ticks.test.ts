import { describe, expect, it } from 'vitest';
import { timeTicks, zoneText } from './time-ticks';

const HOUR = 3_600_000;
const from = Date.UTC(2026, 2, 1, 10, 20);

describe('timeTicks', () => {
  it('stands on round hours, and names the day at midnight', () => {
    const ticks = timeTicks({ from, to: from + 24 * HOUR }, 8, 0);
    expect(ticks.map((tick) => tick.label)).toEqual([
      '12:00',
      '15:00',
      '18:00',
      '21:00',
      '2 Mar',
      '03:00',
      '06:00',
      '09:00',
    ]);
  });
  it('is round in local time, not in UTC', () => {
    const [first] = timeTicks({ from, to: from + 7 * 24 * HOUR }, 8, 5.5 * HOUR);
    expect(first?.label).toBe('2 Mar');
    expect(first?.at).toBe(Date.UTC(2026, 2, 1, 18, 30));
  });
  it('never gives more ticks than asked for, whatever the range', () => {
    for (const hours of [0.1, 1, 5, 24, 168, 720, 2_160, 20_000])
      expect(timeTicks({ from, to: from + hours * HOUR }, 6, 0).length).toBeLessThanOrEqual(7);
  });
  it('gives none for an empty range', () => {
    expect(timeTicks({ from, to: from }, 6, 0)).toEqual([]);
  });
});

describe('zoneText', () => {
  it('names the clock of the axis', () => {
    expect([0, HOUR, -3.5 * HOUR].map(zoneText)).toEqual(['UTC', 'UTC+1', 'UTC\u22123:30']);
  });
});
