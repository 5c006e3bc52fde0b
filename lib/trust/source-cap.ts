import type { LayerState, SourceUse, TrustConfig } from './types';

/** Sources remembered per layer; further ones in the same window share one entry, so many names gain nothing. */
const SOURCES = 8;
const OTHERS = '*';

function indexOf(sources: readonly SourceUse[], source: string): number {
  for (let index = 0; index < sources.length; index += 1)
    if (sources[index]?.source === source) return index;
  return -1;
}

/** Where to charge a source that has no entry: a free place, one whose window is over, or the entry of all others. */
function placeFor(sources: readonly SourceUse[], window: number): number {
  if (sources.length < SOURCES) return sources.length;
  const stale = sources.findIndex((use) => use.window < window && use.source !== OTHERS);
  if (stale >= 0) return stale;
  const others = indexOf(sources, OTHERS);
  return others >= 0 ? others : sources.length;
}

/**
 * How much of `weight` this source may still give the layer in its window, charged to it in place. Windows are fixed
 * stretches of time; evidence that comes late is charged to the newest window, so backdating gains nothing.
 */
export function chargeSource(
  layer: LayerState,
  source: string,
  at: number,
  weight: number,
  limit: number,
  config: TrustConfig,
): number {
  const { sources } = layer;
  const now = Math.floor(at / 1000 / config.sourceCap.windowSeconds);
  const known = indexOf(sources, source);
  const place = known >= 0 ? known : placeFor(sources, now);
  const name = known >= 0 || place < SOURCES ? source : OTHERS;
  const entry = sources[place];
  const last = entry?.source === name ? entry : undefined;
  const window = last && last.window > now ? last.window : now;
  const used = last?.window === window ? last.used : 0;
  const left = limit - used;
  const credited = weight < left ? weight : left > 0 ? left : 0;
  sources[place] = { source: name, window, used: used + credited };
  return credited;
}
