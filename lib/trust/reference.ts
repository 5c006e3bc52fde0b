import type { NegativeKind, Signal, TrustConfig } from './types';
import { LAYERS, type Layer } from './types';

/**
 * The model once more, as naive as it can be written: it keeps every signal, decays each from its own time and knows
 * nothing of half-life classes, anchors or drafts. The differential test holds the engine to it. It shares no code with
 * the engine but the types and the configuration, and covers everything but the caps per source.
 */
interface Remembered {
  at: number;
  layer: Layer;
  positive: boolean;
  weight: number;
  halfLife: number;
  /** Share that seeps in. */
  drain: number;
  alarm: number;
}

export interface Reference {
  remembered: Remembered[];
}

function kept(ageMs: number, halfLifeSeconds: number): number {
  return Math.pow(2, -Math.max(0, ageMs) / 1000 / halfLifeSeconds);
}

/** Newest time in the layer: a late signal is felt from then on, and nothing is read before it. */
function horizon(reference: Reference, layer: Layer, now: number): number {
  return reference.remembered.reduce(
    (latest, one) => (one.layer === layer ? Math.max(latest, one.at) : latest),
    now,
  );
}

function felt(one: Remembered, now: number, config: TrustConfig): number {
  const age = now - one.at;
  const k = Math.LN2 / one.halfLife;
  const d = Math.LN2 / config.drainHalfLifeSeconds;
  const seconds = Math.max(0, age) / 1000;
  const seeped = (d / (d - k)) * (Math.exp(-k * seconds) - Math.exp(-d * seconds));
  return one.weight * ((1 - one.drain) * kept(age, one.halfLife) + one.drain * seeped);
}

function sumOf(
  reference: Reference,
  layer: Layer,
  positive: boolean,
  now: number,
  config: TrustConfig,
): number {
  return reference.remembered
    .filter((one) => one.layer === layer && one.positive === positive)
    .reduce((sum, one) => sum + felt(one, now, config), 0);
}

function alarmOf(reference: Reference, layer: Layer, now: number, config: TrustConfig): number {
  return reference.remembered
    .filter((one) => one.layer === layer)
    .reduce((sum, one) => sum + one.alarm * kept(now - one.at, config.alarm.halfLifeSeconds), 0);
}

function shock(
  reference: Reference,
  kind: NegativeKind,
  weight: number,
  magnitude: number,
  at: number,
  config: TrustConfig,
) {
  if (!kind.shock) return;
  const ceiling = 1 - magnitude * (1 - kind.shock.ceiling);
  const { prior } = config.layers[kind.layer];
  const bearable = Math.max(
    0,
    (ceiling * (weight + prior) - config.baseRate * prior) / (1 - ceiling),
  );
  const positive = sumOf(reference, kind.layer, true, at, config);
  if (positive <= bearable) return;
  for (const one of reference.remembered)
    if (one.layer === kind.layer && one.positive) one.weight *= bearable / positive;
}

export function rememberSignal(reference: Reference, signal: Signal, config: TrustConfig): void {
  const kind = config.kinds[signal.kind];
  if (!kind) throw new Error(`unknown kind ${signal.kind}`);
  const magnitude = signal.magnitude ?? 1;
  const halfLife = config.halfLifeSeconds[kind.halfLife];
  const base = { at: signal.at, layer: kind.layer, halfLife, drain: 0, alarm: 0 };
  if (kind.sign === 'positive') {
    const weight = kind.weight * magnitude * config.credit[signal.sourceClass];
    const held = LAYERS.some((layer) => {
      if (layer === kind.layer) return false;
      const at = horizon(reference, layer, signal.at);
      return alarmOf(reference, layer, at, config) >= config.alarm.threshold;
    });
    if (weight > 0 && !held) reference.remembered.push({ ...base, positive: true, weight });
    return;
  }
  const weight = kind.weight * magnitude;
  if (weight <= 0) return;
  const drain = kind.drain?.share ?? 0;
  reference.remembered.push({
    ...base,
    positive: false,
    weight,
    drain,
    alarm: kind.alarm * magnitude,
  });
  const at = horizon(reference, kind.layer, signal.at);
  shock(reference, kind, weight * kept(at - signal.at, halfLife), magnitude, at, config);
}

/** Score of each layer and the composite at `now`, straight from the formulas of docs/trust/model.md. */
export function readReference(reference: Reference, config: TrustConfig, now: number) {
  const layers = {} as Record<Layer, number>;
  let sum = 0;
  let weights = 0;
  for (const layer of LAYERS) {
    const at = horizon(reference, layer, now);
    const alpha =
      sumOf(reference, layer, true, at, config) + config.baseRate * config.layers[layer].prior;
    const beta =
      sumOf(reference, layer, false, at, config) +
      (1 - config.baseRate) * config.layers[layer].prior;
    const n = alpha + beta;
    layers[layer] = Math.max(
      0,
      alpha / n - config.caution * Math.sqrt((alpha * beta) / (n * n * (n + 1))),
    );
    sum += config.layers[layer].weight * Math.pow(layers[layer], -config.softness);
    weights += config.layers[layer].weight;
  }
  return { layers, score: Math.pow(sum / weights, -1 / config.softness) };
}
