import { describe, expect, it } from 'vitest';
import {
  APPROVED,
  DAY_MS,
  HOUR_MS,
  MERGED,
  MONDAY,
  ORDINARY,
  codeReviewAgent,
  fork,
  live,
  startRun,
  supportChatbot,
  trustedAt,
  work,
  type CurvePoint,
} from './scenarios';
import { LAYERS, debtOf, emptyState, readTrust } from './index';

/** The action, counted from 1, at which the score first reaches `score`. */
function crosses(curve: readonly CurvePoint[], score: number): number {
  return curve.findIndex((point) => point.score >= score) + 1;
}

describe('G1: a new agent stands between 0.00 and 0.30, read-only, all layers unknown', () => {
  const run = startRun();
  const { reading, rung, decayDelta } = live(run, MONDAY);

  it('reads a low score on the lowest rung', () => {
    expect(reading.score).toBeGreaterThan(0);
    expect(reading.score).toBeLessThan(0.3);
    expect(rung).toBe(1);
    expect(decayDelta).toBe(0);
  });

  it('shows every layer as unknown rather than neutral', () => {
    for (const layer of LAYERS) {
      expect(reading.layers[layer]).toMatchObject({
        coverage: 0,
        freshAt: null,
        alarm: false,
        evidence: 0,
      });
      expect(reading.layers[layer].score).toBeLessThan(0.1);
    }
  });
});

describe('G2: 500 code reviews at 98 % accepted cross 0.70, 1,000 more good merges reach 0.90', () => {
  const { reviews, merges } = codeReviewAgent();

  it('crosses 0.70 between review 400 and 500', () => {
    expect(crosses(reviews, 0.7)).toBeGreaterThan(400);
    expect(crosses(reviews, 0.7)).toBeLessThan(500);
  });

  it('reaches 0.90 between 1,200 and 1,600 actions in total', () => {
    const total = crosses([...reviews, ...merges], 0.9);
    expect(total).toBeGreaterThan(1200);
    expect(total).toBeLessThan(1600);
  });

  it('climbs one rung at a time and never loses one', () => {
    const rungs = [...reviews, ...merges].map((point) => point.rung);
    rungs.forEach((rung, index) => {
      const before = rungs[index - 1] ?? 1;
      expect(rung - before === 0 || rung - before === 1).toBe(true);
    });
    expect(rungs.at(-1)).toBe(4);
  });
});

describe('G6: self-reported success, or good behavior beside a context alarm, lifts nothing', () => {
  it('does not move for 100,000 self-reported successes in an hour', () => {
    const run = trustedAt(0.6);
    const before = run.curve.at(-1)?.score ?? 0;
    const successes = Array.from({ length: 1000 }, () => ({
      kind: 'outcome.task_succeeded',
      source: 'agent',
      sourceClass: 'self' as const,
    }));
    const start = run.now;
    for (let batch = 1; batch <= 100; batch += 1)
      live(run, start + (batch * HOUR_MS) / 100, successes);
    const after = run.curve.at(-1)?.score ?? 0;
    expect(Math.abs(after - before)).toBeLessThan(0.01);
    expect(after).toBeLessThanOrEqual(before);
  });

  it('caps one source that reports without end, and a crowd of names gains no more than a few', () => {
    const flood = (names: number) => {
      const run = startRun();
      for (let n = 0; n < 20_000; n += 1)
        live(run, MONDAY + n, [
          { kind: 'outcome.approved', source: `r${n % names}`, sourceClass: 'reviewer' },
        ]);
      return run.curve.at(-1)?.layers.outcome.evidence ?? 0;
    };
    expect(flood(1)).toBeCloseTo(60, 2);
    expect(flood(10_000)).toBeLessThan(9 * 60);
  });

  it('does not rise through perfect behavior while the context layer is in alarm', () => {
    const run = trustedAt(0.6);
    live(run, run.now + 1000, [
      { kind: 'context.data_class_exceeded', source: 'belay', sourceClass: 'belay' },
    ]);
    live(run, run.now + 1000, [
      { kind: 'context.data_class_exceeded', source: 'belay', sourceClass: 'belay' },
    ]);
    let previous = run.curve.at(-1)?.score ?? 0;
    for (let n = 1; n <= 200; n += 1) {
      const { reading } = live(run, run.now + 30_000, [ORDINARY[1]!, MERGED[0]!, MERGED[1]!]);
      expect(reading.layers.context.alarm).toBe(true);
      expect(reading.score).toBeLessThanOrEqual(previous);
      previous = reading.score;
    }
  });
});

describe('G8: revoked and registered again is no better than before and no better than new', () => {
  const fresh = emptyState(MONDAY);

  for (const bad of [
    'behavior.injection_confirmed',
    'outcome.damage_confirmed',
    'context.data_class_exceeded',
  ]) {
    it(`holds after ${bad}, at once and along the same work afterwards`, () => {
      const old = trustedAt(0.75);
      live(old, old.now + 1000, [{ kind: bad, source: 'belay', sourceClass: 'belay' }]);
      live(old, old.now + 1000, [
        { kind: 'identity.revoked', source: 'belay', sourceClass: 'belay' },
      ]);
      const again = startRun({ now: old.now, state: emptyState(old.now, debtOf(old.state)) });
      const newcomer = startRun({ now: old.now, state: emptyState(old.now) });
      const { config } = old;
      expect(readTrust(again.state, config, old.now).score).toBeLessThanOrEqual(
        readTrust(fresh, config, old.now).score,
      );
      for (const run of [old, again, newcomer]) {
        run.curve = [];
        work(run, { count: 200, perDay: 40, outcome: () => APPROVED });
      }
      again.curve.forEach(({ score, rung }, index) => {
        expect(score).toBeLessThanOrEqual(old.curve[index]?.score ?? 0);
        expect(score).toBeLessThanOrEqual(newcomer.curve[index]?.score ?? 0);
        expect(rung).toBeLessThanOrEqual(newcomer.curve[index]?.rung ?? 0);
      });
    });
  }

  it('gains nothing by rotating the key', () => {
    const run = trustedAt(0.6);
    const rotated = fork(run);
    const at = run.now + HOUR_MS;
    live(rotated, at, [{ kind: 'identity.rotated', source: 'belay', sourceClass: 'belay' }]);
    live(run, at);
    expect(rotated.curve.at(-1)?.score).toBe(run.curve.at(-1)?.score);
  });
});

describe('G10: a support chatbot crosses 0.70 in two weeks of correct, approved CRM updates', () => {
  const { updates } = supportChatbot();

  it('crosses 0.70 within the two weeks, at 40 updates a working day', () => {
    const crossing = updates[crosses(updates, 0.7) - 1];
    expect(crossing).toBeDefined();
    expect((crossing?.at ?? Infinity) - MONDAY).toBeLessThan(14 * DAY_MS);
  });

  it('also crosses at 30 a working day', () => {
    expect(
      crosses(work(startRun(), { count: 300, perDay: 30, outcome: () => APPROVED }), 0.7),
    ).toBeGreaterThan(0);
  });
});
