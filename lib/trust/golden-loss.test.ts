import { describe, expect, it } from 'vitest';
import {
  APPROVED,
  DAY_MS,
  HOUR_MS,
  fork,
  idle,
  live,
  onOffAttacker,
  rejectEvery,
  reviewed,
  startRun,
  trustedAt,
  work,
} from './scenarios';
import { REJECTION_REASONS, rejectionSignals } from './index';

describe('G3: at 0.85, a recognised prompt injection brings the score to 0.40 or less in that same decision', () => {
  const run = trustedAt(0.85);
  const before = run.curve.at(-1);
  const injected = live(run, run.now + 1000, [
    { kind: 'behavior.injection_confirmed', source: 'belay', sourceClass: 'belay' },
  ]);

  it('falls at once', () => {
    expect(before?.score).toBeGreaterThanOrEqual(0.85);
    expect(injected.reading.score).toBeLessThanOrEqual(0.4);
  });

  it('drops straight to the rung of the score, where writes and sensitive reads stop', () => {
    expect(injected.rungChange).toMatchObject({ from: 4, to: 1, cause: 'shock' });
  });

  it('asks for an incident of severity 1 and explains itself', () => {
    expect(injected.opensIncident).toBe(1);
    expect(injected.contributions[0]?.text).toMatch(
      /^The call carries out an instruction planted .*: behavior -\d+\.\d+ points, score -\d+\.\d+ points/,
    );
  });

  it('falls as low however much good was done before', () => {
    const veteran = startRun();
    work(veteran, { count: 6000, perDay: 60, outcome: () => [reviewed('outcome.approved')] });
    const shocked = live(veteran, veteran.now + 1000, [
      { kind: 'behavior.injection_confirmed', source: 'belay', sourceClass: 'belay' },
    ]);
    expect(shocked.reading.score).toBeLessThanOrEqual(0.4);
  });
});

describe('G4: one rejection at rung 4 loses less than 0.02 and keeps the rung', () => {
  const gained = startRun();
  while (gained.state.ladder.rung < 4)
    work(gained, { count: 40, perDay: 40, outcome: () => APPROVED });

  for (const reason of REJECTION_REASONS) {
    it(`holds for "${reason}" in every hour of the three days after it`, () => {
      const rejected = fork(gained);
      const untouched = fork(gained);
      const evidence = rejectionSignals(reason).map((kind) => reviewed(kind));
      const { reading, contributions } = live(rejected, gained.now + HOUR_MS, evidence);
      expect(contributions[0]?.layerDelta).toBeLessThan(0);
      expect((gained.curve.at(-1)?.score ?? 0) - reading.score).toBeLessThan(0.02);
      live(untouched, gained.now + HOUR_MS);
      const with1 = idle(rejected, 3 * DAY_MS, HOUR_MS);
      const without = idle(untouched, 3 * DAY_MS, HOUR_MS);
      with1.forEach((point, hour) => {
        expect((without[hour]?.score ?? 1) - point.score).toBeLessThan(0.02);
        expect(point.rung).toBe(4);
      });
    });
  }
});

describe('G5: 20 % rejected for a week drains gradually, one rung an hour at most, and ends below 0.70', () => {
  for (const start of [0.75, 0.8, 0.85]) {
    it(`holds for an agent that began the week at ${start} and makes 40 proposals a working day`, () => {
      const run = trustedAt(start);
      const curve = [
        run.curve.at(-1)!,
        ...work(run, { count: 200, perDay: 40, outcome: rejectEvery(5) }),
      ];
      expect(curve[0]?.rung).toBeGreaterThanOrEqual(3);
      expect(curve.at(-1)?.score).toBeLessThan(0.7);
      const steps = curve.map(
        (point, index) => (curve[index - 1]?.score ?? point.score) - point.score,
      );
      // The longest step is a night, in which the rejections of a whole day seep in.
      expect(Math.max(...steps)).toBeLessThan(0.05);
      const drops = curve.filter(
        (point, index) => point.rung < (curve[index - 1]?.rung ?? point.rung),
      );
      drops.forEach((drop, index) =>
        expect(drop.at - (drops[index - 1]?.at ?? -Infinity)).toBeGreaterThanOrEqual(HOUR_MS),
      );
    });
  }
});

describe('G7: no activity for 90 days costs at least one rung, smoothly', () => {
  for (const start of [0.72, 0.8, 0.89, 0.92]) {
    it(`falls from ${start} without a jump`, () => {
      const run = trustedAt(start);
      idle(run, 3 * DAY_MS);
      const from = run.state.ladder.rung;
      const curve = idle(run, 90 * DAY_MS);
      expect(curve.at(-1)?.rung).toBeLessThan(from);
      curve.forEach((point, day) => {
        const before = curve[day - 1] ?? point;
        expect(point.score).toBeLessThanOrEqual(before.score);
        expect(before.score - point.score).toBeLessThan(0.01);
        expect(before.rung - point.rung).toBeLessThanOrEqual(1);
      });
    });
  }
});

describe('G9: an on-off attacker, 50 good actions and one catastrophe, never settles at rung 4', () => {
  const catastrophes = [
    'behavior.injection_confirmed',
    'behavior.destructive_burst',
    'outcome.damage_confirmed',
  ];
  for (const catastrophe of catastrophes) {
    it(`never reaches rung 4 from new with ${catastrophe}`, () => {
      const rungs = onOffAttacker(catastrophe, 30).map((point) => point.rung);
      expect(Math.max(...rungs)).toBeLessThan(4);
    });

    it(`never sees rung 4 again after the first ${catastrophe} at the top of the ladder`, () => {
      const run = trustedAt(0.93);
      idle(run, 2 * DAY_MS);
      const curve = onOffAttacker(catastrophe, 30, 50, run);
      const first = curve.findIndex(
        (point, index) => point.score < (curve[index - 1]?.score ?? 0) - 0.3,
      );
      expect(first).toBeGreaterThan(0);
      expect(Math.max(...curve.slice(first).map((point) => point.rung))).toBeLessThan(4);
    });
  }
});

describe('G11: a credential 91 days old lowers the identity layer, and work goes on', () => {
  it('costs the identity layer visibly within a week and no rung', () => {
    const run = trustedAt(0.8);
    const before = run.curve.at(-1)!;
    for (let day = 0; day < 5; day += 1) {
      live(run, run.now + DAY_MS, [
        { kind: 'identity.credential_age', source: 'belay', sourceClass: 'belay' },
      ]);
      work(run, { count: 20, perDay: 20, outcome: () => APPROVED });
    }
    const after = run.curve.at(-1)!;
    expect(after.layers.identity.score).toBeLessThan(before.layers.identity.score - 0.03);
    expect(after.rung).toBe(4);
  });
});
