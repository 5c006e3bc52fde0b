import fc from 'fast-check';
import { SIGNAL_CATALOGUE } from './catalogue';
import { MONDAY } from './scenarios';
import { SOURCE_CLASSES, type Signal } from './types';

/** Arbitrary evidence for the property tests. */

const KINDS = Object.keys(SIGNAL_CATALOGUE);
const POSITIVE = KINDS.filter((kind) => SIGNAL_CATALOGUE[kind]?.sign === 'positive');
const NEGATIVE = KINDS.filter((kind) => SIGNAL_CATALOGUE[kind]?.sign === 'negative');
const YEAR_MS = 365 * 86_400_000;

function signalOf(kinds: string[], at: fc.Arbitrary<number>): fc.Arbitrary<Signal> {
  return fc.record(
    {
      id: fc.uuid(),
      at,
      kind: fc.constantFrom(...kinds),
      source: fc.constantFrom('belay', 'reviewer:ada', 'reviewer:grace', 'ci', 'agent'),
      sourceClass: fc.constantFrom(...SOURCE_CLASSES),
      magnitude: fc.double({ min: 0.01, max: 1, noNaN: true }),
    },
    { requiredKeys: ['id', 'at', 'kind', 'source', 'sourceClass'] },
  );
}

/** Good evidence comes often and bad evidence now and then, so that scores are worth moving. */
function mixed(at: fc.Arbitrary<number>): fc.Arbitrary<Signal> {
  return fc.oneof(
    { weight: 8, arbitrary: signalOf(POSITIVE, at) },
    { weight: 2, arbitrary: signalOf(NEGATIVE, at) },
  );
}

const anyTime = fc.integer({ min: MONDAY, max: MONDAY + YEAR_MS });

export const positiveAt = (at: number) => signalOf(POSITIVE, fc.constant(at));
export const negativeAt = (at: number) => signalOf(NEGATIVE, fc.constant(at));

/** A history in whatever order it arrived. */
export const shuffledHistory = fc.array(mixed(anyTime), { maxLength: 60 });

/** A history in order of time, with bursts. */
export const orderedHistory = shuffledHistory.map((signals) =>
  [...signals].sort((a, b) => a.at - b.at),
);

export const END = MONDAY + YEAR_MS;
