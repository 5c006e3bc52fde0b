import { LAYERS, type Layer, type TrustConfig } from './types';

/**
 * Lower credible bound of a layer: with positive evidence r, negative evidence s, prior weight W and base rate a the
 * belief is Beta(aW + r, (1 - a)W + s) (Josang and Ismail 2002), and the bound is its mean less `caution` standard
 * deviations, not below 0. It never falls when r grows and never rises when s grows (docs/trust/model.md).
 *
 * @returns a score in [0, 1)
 */
export function lowerBound(
  positive: number,
  negative: number,
  layer: Layer,
  config: TrustConfig,
): number {
  const { prior } = config.layers[layer];
  const total = positive + negative + prior;
  const mean = (positive + config.baseRate * prior) / total;
  const deviation = Math.sqrt((mean * (1 - mean)) / (total + 1));
  const bound = mean - config.caution * deviation;
  return bound > 0 ? bound : 0;
}

/**
 * Soft minimum of the four layers: the weighted power mean with exponent `-softness`. It lies between the lowest
 * layer and that layer times 4^(1/softness), so noise in one layer is absorbed and the collapse of one is not. The
 * exponent is a power of two, so that the root is repeated square roots, which IEEE 754 fixes to the last bit.
 */
export function composite(
  layers: Readonly<Record<Layer, { score: number }>>,
  config: TrustConfig,
): number {
  let sum = 0;
  let weights = 0;
  for (const layer of LAYERS) {
    const { weight } = config.layers[layer];
    let power = 1 / layers[layer].score;
    for (let exponent = 1; exponent < config.softness; exponent *= 2) power *= power;
    sum += weight * power;
    weights += weight;
  }
  let root = sum / weights;
  for (let exponent = 1; exponent < config.softness; exponent *= 2) root = Math.sqrt(root);
  const score = 1 / root;
  return score < 1 ? score : 1;
}
