import { describe, expect, it } from 'vitest';
import { NO_ACTIVITY } from '@/lib/decide/activity';
import { isSignalKind } from '@/lib/trust';
import { liveFleet } from './fleet-life';
import { shareOf } from './interval';
import { BASELINE_KINDS, countAlarms } from './kinds';

describe('the interval of a share', () => {
  it('agrees with published values', () => {
    const { low, high } = shareOf(10, 50);
    expect([low, high]).toEqual([expect.closeTo(0.1124, 4), expect.closeTo(0.3304, 4)]);
  });

  it('leaves room above where nothing was found, and says nothing without a count', () => {
    expect(shareOf(0, 100)).toMatchObject({ share: 0, low: 0 });
    expect(shareOf(0, 100).high).toBeCloseTo(0.037, 3);
    expect(shareOf(0, 0)).toMatchObject({ low: 0, high: 1 });
  });
});

describe('alarms of baselines', () => {
  it('are of kinds the catalogue knows', () => {
    expect(
      BASELINE_KINDS.map(({ signal }) => signal).filter((kind) => !isSignalKind(kind)),
    ).toEqual([]);
  });

  it('count only where the baseline could speak', () => {
    const [newTool] = BASELINE_KINDS;
    if (newTool === undefined) throw new Error('there are no baselines');
    const judged = [10, 60, 70, 80].map((actions) => ({
      at: 0,
      before: { ...NO_ACTIVITY, actions },
      found: actions === 70 ? [newTool.signal] : [],
      unseen: actions === 80,
    }));
    expect(countAlarms(newTool, judged)).toEqual({ decisions: 2, alarms: 1 });
  });
});

describe('the demo fleet in memory', () => {
  const week = liveFleet(7);

  it('is the same every time', () => {
    expect(liveFleet(7)).toEqual(week);
  });

  it('works in order of time, and learns', () => {
    expect(week.length).toBeGreaterThan(300);
    const bound = BASELINE_KINDS.map((kind) => countAlarms(kind, week).decisions);
    expect(bound[0]).toBeGreaterThan(0);
    expect(bound[3]).toBe(0);
  });
});
