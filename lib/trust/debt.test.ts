import { describe, expect, it } from 'vitest';
import {
  debtOf,
  defaultTrustConfig as config,
  emptyState,
  foldSignals,
  mergeDebts,
  readTrust,
  type Signal,
} from './index';
import { DAY_MS, MONDAY } from './scenarios';

function owing(...kinds: string[]) {
  const signals = kinds.map((kind, n): Signal => ({
    id: `s${n}`,
    at: MONDAY,
    kind,
    source: 'belay',
    sourceClass: 'belay',
  }));
  return debtOf(foldSignals(emptyState(MONDAY), signals, config));
}

const heavy = owing('behavior.tool_outside_pact', 'behavior.tool_outside_pact');
const light = owing('behavior.tool_outside_pact', 'context.unusual_hour');

describe('mergeDebts', () => {
  it('keeps the heavier of each, in whatever order they come', () => {
    const merged = mergeDebts([heavy, light], MONDAY, config);
    expect(merged).toEqual(mergeDebts([light, heavy], MONDAY, config));
    expect(merged.layers.behavior).toEqual(heavy.layers.behavior);
    expect(merged.layers.context).toEqual(light.layers.context);
  });

  it('counts the same debt once, however many remember it', () => {
    expect(mergeDebts([heavy, heavy, heavy], MONDAY, config)).toEqual(heavy);
  });

  it('owes nothing when nobody owes anything', () => {
    const clean = emptyState(MONDAY, mergeDebts([], MONDAY, config));
    expect(clean).toEqual(emptyState(MONDAY));
  });

  it('lets debts fade like the evidence they are', () => {
    const later = MONDAY + 45 * DAY_MS;
    const merged = emptyState(later, mergeDebts([heavy], later, config));
    expect(readTrust(merged, config, later).layers.behavior.evidence).toBeCloseTo(8, 9);
  });
});

describe('debtOf', () => {
  it('keeps nothing that was earned', () => {
    const earned: Signal = {
      id: 's1',
      at: MONDAY,
      kind: 'outcome.approved',
      source: 'reviewer:ada',
      sourceClass: 'reviewer',
    };
    const debt = debtOf(foldSignals(emptyState(MONDAY), [earned], config));
    expect(emptyState(MONDAY, debt)).toEqual(emptyState(MONDAY));
  });
});
