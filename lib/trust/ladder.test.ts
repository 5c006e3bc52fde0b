import { describe, expect, it } from 'vitest';
import {
  defaultLadder,
  nextRung,
  readTrust,
  rungOfScore,
  stepRung,
  validateLadder,
  type Rung,
} from './index';
import {
  DAY_MS,
  HOUR_MS,
  MERGED,
  MONDAY,
  fork,
  idle,
  live,
  startRun,
  trustedAt,
  work,
  type Run,
} from './scenarios';

function missing(run: Run): string[] {
  const { ladder, now, openIncident, config } = run;
  return (
    nextRung(run.state, readTrust(run.state, config, now), { ladder, now, openIncident })
      ?.missing ?? []
  );
}

describe('gaining a rung', () => {
  it('takes the dwell time above the bar, one rung at a time, however high the score', () => {
    const high = trustedAt(0.75);
    const run = { ...fork(high), state: { ...high.state, ladder: { ...startRun().state.ladder } } };
    const curve = idle(run, 5 * DAY_MS, HOUR_MS);
    const gains = curve.filter(
      (point, index) => index > 0 && point.rung > (curve[index - 1]?.rung ?? 5),
    );
    expect(gains.map(({ rung }) => rung)).toEqual([2, 3, 4]);
    gains
      .slice(1)
      .forEach((gain, index) =>
        expect(gain.at - (gains[index]?.at ?? 0)).toBeGreaterThanOrEqual(DAY_MS),
      );
  });

  it('begins the dwell anew after an alarm', () => {
    const run = startRun();
    work(run, { count: 80, perDay: 80, outcome: () => MERGED });
    expect(run.state.ladder.climb).toMatchObject({ rung: 2 });
    live(run, run.now + 1000, [
      { kind: 'context.data_class_exceeded', source: 'belay', sourceClass: 'belay' },
    ]);
    expect(run.state.ladder.climb).toBeNull();
    expect(missing(run)).toContain(
      'The context layer is in alarm; the alarm fades when nothing new is added to it.',
    );
  });

  it('begins the dwell anew when the score dipped between two looks', () => {
    const run = startRun();
    work(run, { count: 60, perDay: 60, outcome: () => MERGED });
    const reading = { ...readTrust(run.state, run.config, run.now), score: 0.33 };
    const back = run.now + 30 * HOUR_MS;
    const options = { ladder: defaultLadder, now: back, openIncident: false };
    expect(stepRung(run.state, reading, options).change?.to).toBe(2);
    const dipped = stepRung(run.state, reading, { ...options, scoreBefore: 0.31 });
    expect(dipped.change).toBeNull();
    expect(dipped.state.ladder.climb?.since).toBe(back);
  });

  it('asks every layer for its minimum of evidence and its floor', () => {
    const demanding = [
      { ...defaultLadder, minimumEvidence: 100_000 },
      { ...defaultLadder, layerFloor: 0.9 },
    ];
    for (const ladder of demanding) {
      const run = startRun({ ladder });
      work(run, { count: 300, perDay: 40, outcome: () => MERGED });
      expect(run.curve.at(-1)?.rung).toBe(1);
      expect(missing(run).at(-1)).toMatch(/^The outcome layer (has evidence worth|stands at)/);
    }
  });

  it('waits while an incident is open', () => {
    const run = startRun();
    run.openIncident = true;
    work(run, { count: 200, perDay: 40, outcome: () => MERGED });
    expect(run.state.ladder.rung).toBe(1);
    expect(missing(run)).toContain('An incident is open; it has to be closed first.');
  });

  it('is refused while one layer is unknown, whatever the others say', () => {
    const run = startRun();
    for (let day = 0; day < 60; day += 1)
      live(
        run,
        MONDAY + day * DAY_MS,
        Array.from({ length: 40 }, () => MERGED[0]!),
      );
    const point = run.curve.at(-1);
    expect(point?.rung).toBe(1);
    expect(point?.score).toBeLessThan(0.3);
    expect(missing(run)).toContain(
      'The identity layer has evidence worth 0 of the 20 actions it needs.',
    );
  });

  it('says in sentences what a new agent still needs, then only the dwell, then nothing at the top', () => {
    expect(missing(startRun())[0]).toMatch(
      /^The score is 0\.\d\d and must reach 0\.32: 0\.\d\d to go\.$/,
    );
    const fine = startRun({ ladder: { ...defaultLadder, hysteresis: 0.025 } });
    const [shown, bar, gap] = [...(missing(fine)[0] ?? '').matchAll(/\d\.\d+/g)].map(([n]) => n);
    expect(bar).toBe('0.325');
    expect(Number(shown) + Number(gap)).toBeCloseTo(Number(bar), 10);
    const run = startRun();
    work(run, { count: 80, perDay: 80, outcome: () => MERGED });
    expect(missing(run)).toEqual([
      expect.stringMatching(/^Everything has to stay like this for another/),
    ]);
    const top = { ...run.state, ladder: { ...run.state.ladder, rung: 5 as Rung } };
    const reading = readTrust(top, run.config, run.now);
    expect(
      nextRung(top, reading, { ladder: run.ladder, now: run.now, openIncident: false }),
    ).toBeNull();
  });
});

describe('losing a rung', () => {
  it('costs at most one rung an hour without a shock', () => {
    const run = trustedAt(0.75);
    const state = {
      ...run.state,
      ladder: { ...run.state.ladder, rung: 5 as Rung, droppedAt: null },
    };
    const reading = { ...readTrust(run.state, run.config, run.now), score: 0.2 };
    const options = { ladder: defaultLadder, now: run.now, openIncident: false };
    const first = stepRung(state, reading, options);
    expect(first.change).toMatchObject({ from: 5, to: 4, cause: 'drain' });
    expect(
      stepRung(first.state, reading, { ...options, now: run.now + HOUR_MS - 1 }).change,
    ).toBeNull();
    const second = stepRung(first.state, reading, { ...options, now: run.now + HOUR_MS });
    expect(second.change).toMatchObject({ from: 4, to: 3 });
  });

  it('puts an agent nobody looked at for months where a look every hour would have put it', () => {
    const watched = trustedAt(0.93);
    idle(watched, 3 * DAY_MS, HOUR_MS);
    expect(watched.state.ladder.rung).toBe(5);
    const forgotten = fork(watched);
    idle(watched, 120 * DAY_MS, HOUR_MS);
    idle(forgotten, 120 * DAY_MS, 120 * DAY_MS);
    expect(watched.state.ladder.rung).toBeLessThan(4);
    expect(forgotten.state.ladder.rung).toBe(watched.state.ladder.rung);
  });

  it('says which score the rung would have needed', () => {
    const run = trustedAt(0.8);
    const { rungChange } = live(run, run.now + 1000, [
      { kind: 'behavior.destructive_burst', source: 'belay', sourceClass: 'belay' },
    ]);
    expect(rungChange?.cause).toBe('shock');
    expect(rungChange?.reasons[0]).toMatch(
      /^The score is 0\.\d\d; Conditional auto-execution needs 0\.70\.$/,
    );
  });
});

describe('validateLadder', () => {
  it('accepts the default ladder', () => {
    expect(validateLadder(defaultLadder)).toEqual([]);
    expect(
      [0, 0.29, 0.3, 0.5, 0.7, 0.9, 1].map((score) => rungOfScore(defaultLadder, score)),
    ).toEqual([1, 1, 2, 3, 4, 5, 5]);
  });

  it('names thresholds that do not rise', () => {
    const rungs = defaultLadder.rungs.map((rung) =>
      rung.rung === 4 ? { ...rung, min: 0.5 } : rung,
    );
    expect(validateLadder({ ...defaultLadder, rungs })).toEqual([
      'The threshold of rung 4 must be above that of rung 3.',
    ]);
  });

  it('names every number out of range', () => {
    const errors = validateLadder({
      ...defaultLadder,
      hysteresis: 0.5,
      dwellSeconds: -1,
      minimumEvidence: NaN,
      layerFloor: 2,
    });
    expect(errors).toHaveLength(4);
    expect(validateLadder({ ...defaultLadder, rungs: [] })).toContain(
      'A ladder has exactly five rungs.',
    );
  });

  it('refuses a top rung that nobody could gain', () => {
    const rungs = defaultLadder.rungs.map((rung) =>
      rung.rung === 5 ? { ...rung, min: 0.99 } : rung,
    );
    expect(validateLadder({ ...defaultLadder, rungs })).toEqual([
      'The threshold of rung 5 plus the hysteresis must stay below 1.',
    ]);
  });
});
