import { ALARM, NEGATIVE, decayMasses } from './evidence';
import { LAYERS, type Debt, type TrustConfig, type TrustState } from './types';

/**
 * What an agent owes: its negative evidence, what has yet to seep in, and its alarms, without anything it earned. Keep
 * it with the key, the owner and the lineage of the pact, and hand it to `emptyState` at the next registration.
 */
export function debtOf(state: TrustState): Debt {
  const layers = {} as Debt['layers'];
  for (const name of LAYERS) {
    const { at, masses } = state.layers[name];
    layers[name] = { at, masses: masses.map((mass, index) => (index < NEGATIVE ? 0 : mass)) };
  }
  return { schema: 1, layers };
}

/**
 * One debt that is at least as heavy as each of several (key, owner and lineage may all remember something), without
 * counting the same evidence twice: the greater of each mass, brought to `now` or to the newest of them.
 */
export function mergeDebts(debts: readonly Debt[], now: number, config: TrustConfig): Debt {
  const layers = {} as Debt['layers'];
  for (const name of LAYERS) {
    const at = Math.max(now, ...debts.map((debt) => debt.layers[name].at));
    const masses: number[] = Array.from({ length: ALARM + 1 }, () => 0);
    for (const debt of debts) {
      const owed = debt.layers[name].masses.slice();
      decayMasses(owed, at - debt.layers[name].at, config);
      for (let index = NEGATIVE; index <= ALARM; index += 1)
        masses[index] = Math.max(masses[index] ?? 0, owed[index] ?? 0);
    }
    layers[name] = { at, masses };
  }
  return { schema: 1, layers };
}
