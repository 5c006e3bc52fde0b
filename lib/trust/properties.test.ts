import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  LAYERS,
  assess,
  defaultLadder,
  defaultTrustConfig as config,
  emptyState,
  foldSignal,
  foldSignals,
  mergeDebts,
  debtOf,
  readTrust,
  type TrustState,
} from './index';
import { END, negativeAt, orderedHistory, positiveAt, shuffledHistory } from './random-signals';
import { DAY_MS, MONDAY } from './scenarios';

const RUNS = 2000;
/** Rounding of a sum of decayed doubles; scores are compared to this. */
const EPSILON = 1e-9;
const start = emptyState(MONDAY);
const after = (signals: Parameters<typeof foldSignals>[1]) => foldSignals(start, signals, config);
const unknown = readTrust(start, config, MONDAY);

describe('the scoring engine, for any history', () => {
  it('keeps every number finite and every score in [0, 1]', () => {
    fc.assert(
      fc.property(shuffledHistory, fc.integer({ min: 0, max: 4000 }), (signals, days) => {
        const state = after(signals);
        const reading = readTrust(state, config, MONDAY + days * DAY_MS);
        for (const { score, coverage, evidence } of [
          { ...reading, coverage: 0, evidence: 0 },
          ...Object.values(reading.layers),
        ]) {
          expect(score >= 0 && score <= 1).toBe(true);
          expect(coverage >= 0 && coverage < 1).toBe(true);
          expect(Number.isFinite(evidence) && evidence >= 0).toBe(true);
        }
        for (const layer of LAYERS)
          expect(
            state.layers[layer].masses.every((mass) => Number.isFinite(mass) && mass >= 0),
          ).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('never lowers a score for one more positive', () => {
    fc.assert(
      fc.property(orderedHistory, positiveAt(END), (signals, extra) => {
        const before = readTrust(after(signals), config, END);
        const then = readTrust(after([...signals, extra]), config, END);
        expect(then.score).toBeGreaterThanOrEqual(before.score);
        for (const layer of LAYERS)
          expect(then.layers[layer].score).toBeGreaterThanOrEqual(before.layers[layer].score);
      }),
      { numRuns: RUNS },
    );
  });

  it('never raises a score for one more negative, then or at any later time', () => {
    fc.assert(
      fc.property(
        orderedHistory,
        negativeAt(END),
        fc.integer({ min: 0, max: 400 }),
        (signals, extra, days) => {
          for (const at of [END, END + days * DAY_MS]) {
            const before = readTrust(after(signals), config, at);
            const then = readTrust(after([...signals, extra]), config, at);
            expect(then.score).toBeLessThanOrEqual(before.score + EPSILON);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('gives the same bits in one batch, in many, one by one, and through JSON in between', () => {
    fc.assert(
      fc.property(shuffledHistory, fc.nat(60), (signals, cut) => {
        const whole = JSON.stringify(after(signals));
        const split = foldSignals(after(signals.slice(0, cut)), signals.slice(cut), config);
        const single = signals.reduce<TrustState>(
          (state, signal) =>
            JSON.parse(JSON.stringify(foldSignal(state, signal, config))) as TrustState,
          start,
        );
        expect(JSON.stringify(split)).toBe(whole);
        expect(JSON.stringify(single)).toBe(whole);
      }),
      { numRuns: RUNS },
    );
  });

  it('does not depend on when the score was read or assessed in between', () => {
    fc.assert(
      fc.property(orderedHistory, (signals) => {
        let watched = start;
        for (const signal of signals) {
          const options = {
            config,
            ladder: defaultLadder,
            now: signal.at + 1,
            openIncident: false,
          };
          watched = assess(watched, [signal], options).state;
          readTrust(watched, config, signal.at + DAY_MS);
        }
        expect(watched.layers).toEqual(after(signals).layers);
      }),
      { numRuns: RUNS / 4 },
    );
  });

  it('never rises in silence above what it was or, for an agent below that, above what an unknown agent is expected to do', () => {
    fc.assert(
      fc.property(
        orderedHistory,
        fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 8 }),
        (signals, gaps) => {
          const state = after(signals);
          let at = END;
          let before = readTrust(state, config, at);
          for (const days of gaps) {
            at += days * DAY_MS;
            const now = readTrust(state, config, at);
            for (const layer of LAYERS) {
              const roof = Math.max(before.layers[layer].score, config.baseRate);
              expect(now.layers[layer].score).toBeLessThanOrEqual(roof + EPSILON);
            }
            expect(now.score).toBeLessThanOrEqual(
              Math.max(before.score, config.baseRate * Math.SQRT2) + EPSILON,
            );
            before = now;
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('explains every change to the last digit that matters', () => {
    fc.assert(
      fc.property(
        orderedHistory,
        fc.array(fc.oneof(positiveAt(END), negativeAt(END)), { maxLength: 4 }),
        (past, signals) => {
          const options = { config, ladder: defaultLadder, openIncident: false };
          const earlier = assess(after(past), [], { ...options, now: END - DAY_MS });
          const now = assess(earlier.state, signals, { ...options, now: END });
          const moved = now.contributions.reduce((sum, { scoreDelta }) => sum + scoreDelta, 0);
          expect(earlier.reading.score + now.decayDelta + moved).toBeCloseTo(now.reading.score, 12);
          expect(now.reading).toEqual(readTrust(now.state, config, END));
        },
      ),
      { numRuns: RUNS / 2 },
    );
  });

  it('never lets a debt make a start better', () => {
    fc.assert(
      fc.property(orderedHistory, shuffledHistory, orderedHistory, (one, other, future) => {
        const debt = mergeDebts([debtOf(after(one)), debtOf(after(other))], END, config);
        const later = future.map((signal) => ({ ...signal, at: signal.at + END - MONDAY }));
        const now = 2 * END - MONDAY;
        const indebted = readTrust(foldSignals(emptyState(END, debt), later, config), config, now);
        const clean = readTrust(foldSignals(emptyState(END), later, config), config, now);
        expect(indebted.score).toBeLessThanOrEqual(clean.score + EPSILON);
        expect(readTrust(emptyState(END, debt), config, END).score).toBeLessThanOrEqual(
          unknown.score + EPSILON,
        );
      }),
      { numRuns: RUNS / 2 },
    );
  });
});
