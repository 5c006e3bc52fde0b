import { describe, expect, it } from 'vitest';
import { defaultTrustConfig as config } from './config';
import { DAY_MS, MONDAY } from './scenarios';
import type { Signal } from './types';
import { countConduct, versionDeltas, windowsOf, worseVersion } from './version-delta';
import { newVersion } from './version-scenario';

const signal = (kind: string, changes: Partial<Signal> = {}): Signal => ({
  id: 's',
  at: MONDAY,
  kind,
  source: 'belay',
  sourceClass: 'belay',
  ...changes,
});

const of = (good: number, bad: number) => [
  ...Array.from({ length: good }, () => signal('behavior.in_pattern')),
  ...Array.from({ length: bad }, () => signal('behavior.new_tool')),
];

/** One version after the other, each with its signals. */
function after(first: Signal[], second: Signal[]) {
  const one = windowsOf(null, '1', MONDAY);
  const seen = { ...one, current: countConduct(one.current, first, config, MONDAY) };
  const two = windowsOf(seen, '2', MONDAY);
  return { ...two, current: countConduct(two.current, second, config, MONDAY) };
}

describe('G12: a new version that behaves differently opens an incident', () => {
  it('tells of it in the layer that changed, within two days of the change', () => {
    const { told } = newVersion();
    expect(told).toMatchObject({ layer: 'behavior' });
    expect(told?.delta).toBeLessThan(-0.15);
    expect((told?.at ?? 0) - (MONDAY + 10 * DAY_MS)).toBeLessThan(2 * DAY_MS);
  });

  it('tells nothing of a new version that works as the last', () => {
    expect(newVersion(0).told).toBeNull();
  });

  it('tells nothing of a new version that strays a little', () => {
    expect(newVersion(12).told).toBeNull();
  });
});

describe('the difference between two versions', () => {
  it('is the difference of their shares of good signals', () => {
    expect(versionDeltas(after(of(90, 10), of(60, 40)))).toEqual([
      { layer: 'behavior', before: 0.9, after: 0.6, delta: expect.closeTo(-0.3, 10) as number },
    ]);
  });

  it('is not taken before both versions have shown enough', () => {
    expect(versionDeltas(after(of(90, 10), of(0, 29)))).toEqual([]);
    expect(versionDeltas(after(of(29, 0), of(0, 90)))).toEqual([]);
  });

  it('is no reason to look when the new version does better, or not much worse', () => {
    expect(worseVersion(after(of(50, 50), of(90, 10)))).toBeNull();
    expect(worseVersion(after(of(90, 10), of(76, 24)))).toBeNull();
    expect(worseVersion(after(of(90, 10), of(74, 26)))).toMatchObject({ layer: 'behavior' });
  });

  it('takes no notice of what the agent says of itself, nor of the change of version', () => {
    const said = Array.from({ length: 90 }, () =>
      signal('outcome.task_failed', { sourceClass: 'self' }),
    );
    const changed = Array.from({ length: 90 }, () => signal('identity.version_changed'));
    const { current } = after(of(90, 10), [...said, ...changed]);
    expect(current.layers.outcome).toEqual({ good: 0, bad: 0 });
    expect(current.layers.identity).toEqual({ good: 0, bad: 0 });
  });

  it('forgets: what a version did a month ago counts less than today', () => {
    const one = windowsOf(null, '1', MONDAY);
    const busy = countConduct(one.current, of(100, 0), config, MONDAY);
    const later = countConduct(busy, of(0, 10), config, MONDAY + 28 * DAY_MS);
    expect(later.layers.behavior).toEqual({ good: 6.25, bad: 10 });
  });
});
