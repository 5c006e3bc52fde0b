import { remainingAfter } from './decay';
import {
  HALF_LIVES,
  LAYERS,
  type Debt,
  type LayerState,
  type TrustConfig,
  type TrustState,
} from './types';

/**
 * A layer's evidence is ten numbers: per half-life the positive mass, the negative mass and the negative mass still
 * to seep in (a drain), then the alarm. All are exact at the layer's own `at`, the time of its newest signal, so a
 * state depends on the signals and their order, never on how they were batched or when the score was read.
 */
export const CLASSES = HALF_LIVES.length;
export const NEGATIVE = 1 * CLASSES;
export const PENDING = 2 * CLASSES;
export const ALARM = 3 * CLASSES;
const MASSES = ALARM + 1;

const NO_MASSES = Array.from({ length: MASSES }, () => 0);

/** A state without evidence, on the lowest rung, carrying the debts of whoever came before. */
export function emptyState(now: number, debt?: Debt): TrustState {
  const layers = {} as TrustState['layers'];
  for (const layer of LAYERS) {
    const owed = debt?.layers[layer];
    layers[layer] = {
      at: owed?.at ?? now,
      masses: owed?.masses.slice() ?? NO_MASSES.slice(),
      freshAt: null,
      sources: [],
    };
  }
  const ladder = { rung: 1, climb: null, droppedAt: null, shocked: false, last: null } as const;
  return { schema: 1, layers, ladder };
}

/** A copy of the layer whose masses and list of sources may be changed in place; its entries are replaced. */
export function copyLayer(layer: LayerState): LayerState {
  return {
    at: layer.at,
    masses: layer.masses.slice(),
    freshAt: layer.freshAt,
    sources: layer.sources.slice(),
  };
}

/**
 * Of one unit of drain, the share that is felt after `ageMs` and not yet forgotten: the two-step decay of Bateman,
 * seeping in at rate d and forgotten at rate k, is d / (d - k) * (2^-kt - 2^-dt).
 */
export function seeped(
  kept: number,
  waiting: number,
  drainSeconds: number,
  halfLifeSeconds: number,
): number {
  return ((kept - waiting) * halfLifeSeconds) / (halfLifeSeconds - drainSeconds);
}

/** Brings the masses of one half-life class `ageMs` forward, in place. Most classes of most layers are empty. */
function decayClass(masses: number[], index: number, ageMs: number, config: TrustConfig): void {
  const positive = masses[index] ?? 0;
  const negative = masses[NEGATIVE + index] ?? 0;
  const pending = masses[PENDING + index] ?? 0;
  if (positive === 0 && negative === 0 && pending === 0) return;
  const halfLife = config.halfLifeSeconds[HALF_LIVES[index] ?? 'long'];
  const kept = remainingAfter(ageMs, halfLife);
  masses[index] = positive * kept;
  masses[NEGATIVE + index] = negative * kept;
  if (pending === 0) return;
  const waiting = remainingAfter(ageMs, config.drainHalfLifeSeconds);
  masses[NEGATIVE + index] =
    negative * kept + pending * seeped(kept, waiting, config.drainHalfLifeSeconds, halfLife);
  masses[PENDING + index] = pending * waiting;
}

/** Moves masses that are exact at one time to a later one, in place. An earlier time leaves them as they are. */
export function decayMasses(masses: number[], ageMs: number, config: TrustConfig): void {
  if (ageMs <= 0) return;
  for (let index = 0; index < CLASSES; index += 1) decayClass(masses, index, ageMs, config);
  const alarm = masses[ALARM] ?? 0;
  if (alarm !== 0) masses[ALARM] = alarm * remainingAfter(ageMs, config.alarm.halfLifeSeconds);
}

export function add(masses: number[], index: number, amount: number): void {
  masses[index] = (masses[index] ?? 0) + amount;
}

/** Sum over the half-life classes from `offset`: positive 0, {@link NEGATIVE} or {@link PENDING}. */
export function massAt(masses: readonly number[], offset: number): number {
  return (masses[offset] ?? 0) + (masses[offset + 1] ?? 0) + (masses[offset + 2] ?? 0);
}

/** Whether the layer is in alarm at `at`. Alarms only fade, so most layers answer without computing a decay. */
export function inAlarm(layer: LayerState, at: number, config: TrustConfig): boolean {
  const alarm = layer.masses[ALARM] ?? 0;
  const { threshold, halfLifeSeconds } = config.alarm;
  if (alarm < threshold) return false;
  return alarm * remainingAfter(at - layer.at, halfLifeSeconds) >= threshold;
}
