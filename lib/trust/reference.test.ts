import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UNCAPPED } from './differential';
import { LAYERS, emptyState, foldSignals, readTrust } from './index';
import { END, shuffledHistory } from './random-signals';
import { readReference, rememberSignal, type Reference } from './reference';
import { DAY_MS, MONDAY } from './scenarios';

it('agrees with a naive reference that keeps every signal, in any order of arrival', () => {
  fc.assert(
    fc.property(shuffledHistory, fc.integer({ min: 0, max: 400 }), (signals, days) => {
      const reference: Reference = { remembered: [] };
      for (const signal of signals) rememberSignal(reference, signal, UNCAPPED);
      const state = foldSignals(emptyState(MONDAY), signals, UNCAPPED);
      const expected = readReference(reference, UNCAPPED, END + days * DAY_MS);
      const actual = readTrust(state, UNCAPPED, END + days * DAY_MS);
      expect(actual.score).toBeCloseTo(expected.score, 10);
      for (const layer of LAYERS)
        expect(actual.layers[layer].score).toBeCloseTo(expected.layers[layer], 10);
    }),
    { numRuns: 4000 },
  );
});
