import { remainingAfter } from './decay';
import { bringForward, writableLayer, type Draft, type FoldEffect } from './draft';
import { ALARM, CLASSES, NEGATIVE, PENDING, add, massAt, seeped } from './evidence';
import { chargeSource } from './source-cap';
import {
  HALF_LIVES,
  type LayerState,
  type NegativeKind,
  type Signal,
  type TrustConfig,
} from './types';

/** Adds what is left of the evidence after `ageMs`: part of it at once, the draining part as far as it has seeped in. */
function addMass(
  layer: LayerState,
  kind: NegativeKind,
  weight: number,
  ageMs: number,
  config: TrustConfig,
): void {
  const index = HALF_LIVES.indexOf(kind.halfLife);
  const halfLife = config.halfLifeSeconds[kind.halfLife];
  const kept = remainingAfter(ageMs, halfLife);
  const draining = weight * (kind.drain?.share ?? 0);
  add(layer.masses, NEGATIVE + index, (weight - draining) * kept);
  if (draining === 0) return;
  const drain = config.drainHalfLifeSeconds;
  const waiting = remainingAfter(ageMs, drain);
  add(layer.masses, NEGATIVE + index, draining * seeped(kept, waiting, drain, halfLife));
  add(layer.masses, PENDING + index, draining * waiting);
}

/**
 * Leaves no more positive evidence in the layer than holds its mean at `ceiling` against this one shock: from
 * (r + aW) / (r + w + W) = c follows r = (c (w + W) - aW) / (1 - c). It does not depend on how much good there was.
 */
function cutToCeiling(
  layer: LayerState,
  kind: NegativeKind,
  weight: number,
  ceiling: number,
  config: TrustConfig,
) {
  const { prior } = config.layers[kind.layer];
  const bearable = (ceiling * (weight + prior) - config.baseRate * prior) / (1 - ceiling);
  const positive = massAt(layer.masses, 0);
  if (positive <= bearable) return;
  const share = bearable > 0 ? bearable / positive : 0;
  for (let index = 0; index < CLASSES; index += 1)
    layer.masses[index] = (layer.masses[index] ?? 0) * share;
}

/** Bad evidence counts whoever says it; only what needs no proof of identity is capped per source. */
export function foldNegative(
  draft: Draft,
  signal: Signal,
  kind: NegativeKind,
  config: TrustConfig,
): FoldEffect {
  const magnitude = signal.magnitude ?? 1;
  const offered = kind.weight * magnitude;
  if (offered <= 0) return 'neutral';
  const layer = writableLayer(draft, kind.layer);
  const weight = kind.capped
    ? chargeSource(
        layer,
        `-${signal.source}`,
        signal.at,
        offered,
        config.sourceCap.negative,
        config,
      )
    : offered;
  if (weight <= 0) return 'source_full';
  const ageMs = bringForward(layer, signal.at, config);
  addMass(layer, kind, weight, ageMs, config);
  const raised = kind.alarm * magnitude * (weight / offered);
  add(layer.masses, ALARM, raised * remainingAfter(ageMs, config.alarm.halfLifeSeconds));
  if (!kind.shock) return 'counted';
  // A shock seen with less certainty cuts less deep.
  const ceiling = 1 - magnitude * (1 - kind.shock.ceiling);
  const left = weight * remainingAfter(ageMs, config.halfLifeSeconds[kind.halfLife]);
  cutToCeiling(layer, kind, left, ceiling, config);
  draft.shocked = true;
  return 'counted';
}
