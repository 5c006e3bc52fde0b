import { remainingAfter } from './decay';
import { bringForward, writableLayer, type Draft, type FoldEffect } from './draft';
import { add, inAlarm } from './evidence';
import { chargeSource } from './source-cap';
import {
  HALF_LIVES,
  LAYERS,
  type Layer,
  type PositiveKind,
  type Signal,
  type TrustConfig,
} from './types';

function anotherInAlarm(draft: Draft, own: Layer, at: number, config: TrustConfig): boolean {
  for (const layer of LAYERS)
    if (layer !== own && inAlarm(draft.layers[layer], at, config)) return true;
  return false;
}

/**
 * Good evidence counts by who says it, not at all beside an alarm in another layer, and for each source only up to its
 * cap. What does not count leaves no trace: it neither freshens the layer nor moves its time.
 */
export function foldPositive(
  draft: Draft,
  signal: Signal,
  kind: PositiveKind,
  config: TrustConfig,
): FoldEffect {
  const offered = kind.weight * (signal.magnitude ?? 1) * config.credit[signal.sourceClass];
  if (offered <= 0) return 'own_word';
  if (anotherInAlarm(draft, kind.layer, signal.at, config)) return 'other_layer_in_alarm';
  const layer = writableLayer(draft, kind.layer);
  const limit = config.sourceCap.positive;
  const weight = chargeSource(layer, signal.source, signal.at, offered, limit, config);
  if (weight <= 0) return 'source_full';
  const ageMs = bringForward(layer, signal.at, config);
  const kept = remainingAfter(ageMs, config.halfLifeSeconds[kind.halfLife]);
  add(layer.masses, HALF_LIVES.indexOf(kind.halfLife), weight * kept);
  return 'counted';
}
