import { TrustError } from './errors';
import { ALARM, NEGATIVE, decayMasses, massAt } from './evidence';
import { composite, lowerBound } from './opinion';
import {
  LAYERS,
  type Layer,
  type LayerReading,
  type LayerState,
  type TrustConfig,
  type TrustReading,
  type TrustState,
} from './types';

/** One layer as it stands at `now`. Decay happens here, at read time; the state is not touched. */
export function readLayer(
  layer: LayerState,
  name: Layer,
  config: TrustConfig,
  now: number,
): LayerReading {
  const masses = now > layer.at ? layer.masses.slice() : layer.masses;
  decayMasses(masses, now - layer.at, config);
  const positive = massAt(masses, 0);
  const negative = massAt(masses, NEGATIVE);
  const evidence = positive + negative;
  return {
    score: lowerBound(positive, negative, name, config),
    coverage: evidence / (evidence + config.layers[name].prior),
    freshAt: layer.freshAt,
    alarm: (masses[ALARM] ?? 0) >= config.alarm.threshold,
    evidence,
  };
}

/** The reading that follows from four layers already read. */
export function readingOf(
  layers: Record<Layer, LayerReading>,
  config: TrustConfig,
  now: number,
): TrustReading {
  return { at: now, score: composite(layers, config), layers, configVersion: config.version };
}

/**
 * Score and layers at `now`. Every score lies in [0, 1]. Without new signals a later reading is never higher than the
 * greater of this one and what an unknown agent gets: silence restores nothing that was earned.
 *
 * @throws TrustError `invalid_time` when `now` is not a finite number
 */
export function readTrust(state: TrustState, config: TrustConfig, now: number): TrustReading {
  if (!Number.isFinite(now))
    throw new TrustError('invalid_time', 'A score is read at a finite time.');
  const layers = {} as Record<Layer, LayerReading>;
  for (const name of LAYERS) layers[name] = readLayer(state.layers[name], name, config, now);
  return readingOf(layers, config, now);
}
