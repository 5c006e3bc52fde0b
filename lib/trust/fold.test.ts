import { describe, expect, it } from 'vitest';
import {
  TrustError,
  assess,
  defaultLadder,
  defaultTrustConfig as config,
  emptyState,
  foldSignal,
  foldSignals,
  readTrust,
  type Signal,
} from './index';
import { DAY_MS, HOUR_MS, MONDAY, startRun, trustedAt } from './scenarios';

const state = emptyState(MONDAY);
const approved: Signal = {
  id: 's1',
  at: MONDAY + HOUR_MS,
  kind: 'outcome.approved',
  source: 'reviewer:ada',
  sourceClass: 'reviewer',
};

function codeOf(signal: Signal): unknown {
  try {
    foldSignal(state, signal, config);
    return 'accepted';
  } catch (error) {
    return error instanceof TrustError ? error.code : error;
  }
}

describe('foldSignal', () => {
  it.each([NaN, Infinity, -Infinity, 1e309, -1])('refuses the time %s with a typed error', (at) => {
    expect(codeOf({ ...approved, at })).toBe('invalid_time');
  });

  it.each([NaN, Infinity, 0, -0.5, 1.01])(
    'refuses the magnitude %s with a typed error',
    (magnitude) => {
      expect(codeOf({ ...approved, magnitude })).toBe('invalid_magnitude');
    },
  );

  it.each(['outcome.unheard_of', 'constructor', '__proto__', ''])(
    'refuses the kind "%s"',
    (kind) => {
      expect(codeOf({ ...approved, kind })).toBe('unknown_kind');
    },
  );

  it('refuses a signal without a source, or of a class that does not exist', () => {
    expect(codeOf({ ...approved, source: '' })).toBe('invalid_source');
    expect(codeOf({ ...approved, sourceClass: 'toString' as 'belay' })).toBe('invalid_source');
  });

  it('leaves the state it was given as it was, also when a later signal of the batch is refused', () => {
    const before = JSON.stringify(state);
    foldSignals(state, [approved, { ...approved, kind: 'behavior.injection_confirmed' }], config);
    expect(() => foldSignals(state, [approved, { ...approved, at: NaN }], config)).toThrow(
      TrustError,
    );
    expect(JSON.stringify(state)).toBe(before);
  });

  it('counts a signal that comes late as what is left of it', () => {
    const late = foldSignals(
      state,
      [
        { ...approved, at: MONDAY + 45 * DAY_MS },
        { ...approved, at: MONDAY },
      ],
      config,
    );
    const { evidence } = readTrust(late, config, MONDAY + 45 * DAY_MS).layers.outcome;
    expect(evidence).toBeCloseTo(1.5, 12);
  });

  it('lets a drain seep in over hours', () => {
    const rejected = { ...approved, kind: 'outcome.rejected.unsafe' };
    const drained = foldSignal(state, rejected, config);
    const felt = [0, 8, 16, 48].map(
      (hours) => readTrust(drained, config, rejected.at + hours * HOUR_MS).layers.outcome.evidence,
    );
    expect(felt[0]).toBeCloseTo(5, 6);
    expect(felt[1]).toBeCloseTo(12.5, 0);
    expect(felt[2]).toBeCloseTo(16.2, 0);
    expect(felt[3]).toBeGreaterThan(19);
  });

  it('keeps a flood of bad signatures from anybody off the agent, all but a little a day', () => {
    const run = trustedAt(0.75);
    const flood = Array.from({ length: 5000 }, (_, n) => ({
      id: `f${n}`,
      at: run.now + n,
      kind: 'identity.bad_signature',
      source: 'unauthenticated',
      sourceClass: 'belay' as const,
    }));
    const before = readTrust(run.state, config, run.now + DAY_MS).score;
    const after = readTrust(foldSignals(run.state, flood, config), config, run.now + DAY_MS).score;
    expect(before - after).toBeLessThan(0.01);
  });

  it('charges backdated evidence to the newest window of its source', () => {
    const today = Array.from({ length: 60 }, () => ({ ...approved, at: MONDAY + 5 * DAY_MS }));
    const full = foldSignals(state, today, config);
    const backdated = foldSignals(full, [{ ...approved, at: MONDAY + DAY_MS }], config);
    expect(backdated.layers.outcome.masses).toEqual(full.layers.outcome.masses);
    const tomorrow = foldSignal(full, { ...approved, at: MONDAY + 6 * DAY_MS }, config);
    expect(tomorrow.layers.outcome.sources).toEqual([
      { source: 'reviewer:ada', window: (MONDAY + 6 * DAY_MS) / DAY_MS, used: 1 },
    ]);
  });

  it('stays small however long the agent lives', () => {
    let long = emptyState(MONDAY);
    for (let n = 0; n < 5000; n += 1)
      long = foldSignal(
        long,
        { ...approved, at: MONDAY + n * HOUR_MS, source: `reviewer:${n}` },
        config,
      );
    expect(JSON.stringify(long).length).toBeLessThan(4000);
  });
});

describe('assess', () => {
  const options = { config, ladder: defaultLadder, now: MONDAY, openIncident: false };

  it('treats evidence from a clock that runs ahead as of now', () => {
    const ahead = assess(state, [{ ...approved, at: MONDAY + 5 * HOUR_MS }], options);
    expect(ahead.state).toEqual(assess(state, [{ ...approved, at: MONDAY }], options).state);
  });

  it('refuses a time that is no number instead of reading a score that is none', () => {
    expect(() => assess(state, [approved], { ...options, now: NaN })).toThrow(TrustError);
    expect(() => assess(state, [{ ...approved, at: Infinity }], options)).toThrow(TrustError);
  });

  it('moves the outcome layer of a new agent with its first verdicts, up and down', () => {
    const up = assess(state, [{ ...approved, at: MONDAY }], options);
    expect(up.contributions[0]?.layerDelta).toBeGreaterThan(0);
    expect(up.contributions[0]?.scoreDelta).toBeGreaterThan(0);
    const down = assess(
      state,
      [{ ...approved, at: MONDAY, kind: 'outcome.rejected.wrong_target' }],
      options,
    );
    expect(down.contributions[0]?.layerDelta).toBeLessThan(0);
    expect(down.contributions[0]?.text).toMatch(
      /^A reviewer rejected the action: wrong target: outcome -\d+\.\d{2} points, score almost unchanged\.$/,
    );
  });

  it("says why the agent's own word, a source at its cap and evidence beside an alarm count for nothing", () => {
    const run = startRun();
    const own = assess(state, [{ ...approved, at: MONDAY, sourceClass: 'self' }], options);
    expect(own.contributions[0]).toMatchObject({ layerDelta: 0, scoreDelta: 0 });
    expect(own.contributions[0]?.text).toContain("the agent's own word lifts nothing");
    const many = Array.from({ length: 61 }, (_, n) => ({ ...approved, id: `s${n}`, at: MONDAY }));
    expect(assess(run.state, many, options).contributions.at(-1)?.text).toContain(
      'all it may in its window',
    );
    const alarmed = { ...approved, at: MONDAY, kind: 'behavior.injection_confirmed' };
    const held = assess(state, [alarmed, { ...approved, at: MONDAY }], options);
    expect(held.contributions[1]?.text).toContain('held back while another layer is in alarm');
    expect(held.opensIncident).toBe(1);
  });
});
