/** The engine against the naive reference on seeded random histories: the count a test has no time for. */
import { SIGNAL_CATALOGUE } from './catalogue';
import { defaultTrustConfig } from './config';
import { emptyState } from './evidence';
import { foldSignals } from './fold';
import { readTrust } from './read';
import { readReference, rememberSignal, type Reference } from './reference';
import { DAY_MS, MONDAY } from './scenarios';
import { LAYERS, SOURCE_CLASSES, type Signal, type TrustConfig } from './types';

const KINDS = Object.keys(SIGNAL_CATALOGUE);
const SOURCES = ['belay', 'reviewer:ada', 'reviewer:grace', 'ci', 'agent'];
const MOST_SIGNALS = 40;
const YEAR_DAYS = 365;

/** The reference knows no caps per source. */
export const UNCAPPED: TrustConfig = {
  ...defaultTrustConfig,
  sourceCap: { windowSeconds: 86_400, positive: 1e9, negative: 1e9 },
};

/** Numbers in [0, 1) that follow from the seed: mulberry32. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Evidence of a year in whatever order it arrived, the same for the same seed. */
function historyOf(next: () => number): Signal[] {
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(next() * items.length)] as Item;
  return Array.from({ length: Math.floor(next() * MOST_SIGNALS) }, (_, n) => ({
    id: `s${n}`,
    at: MONDAY + Math.floor(next() * YEAR_DAYS * DAY_MS),
    kind: pick(KINDS),
    source: pick(SOURCES),
    sourceClass: pick(SOURCE_CLASSES),
    magnitude: 0.01 + 0.99 * next(),
  }));
}

/**
 * How far the engine is from the reference on one random history.
 *
 * @param seed a whole number; the same gives the same history
 * @returns the greatest absolute difference of the score and the four layers
 */
export function differenceAt(seed: number): number {
  const next = seeded(seed);
  const signals = historyOf(next);
  const now = MONDAY + (YEAR_DAYS + Math.floor(next() * 400)) * DAY_MS;
  const reference: Reference = { remembered: [] };
  for (const signal of signals) rememberSignal(reference, signal, UNCAPPED);
  const expected = readReference(reference, UNCAPPED, now);
  const actual = readTrust(foldSignals(emptyState(MONDAY), signals, UNCAPPED), UNCAPPED, now);
  return LAYERS.reduce(
    (most, layer) => Math.max(most, Math.abs(actual.layers[layer].score - expected.layers[layer])),
    Math.abs(actual.score - expected.score),
  );
}
