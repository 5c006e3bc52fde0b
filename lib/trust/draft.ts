import { copyLayer, decayMasses } from './evidence';
import type { Layer, LayerState, TrustConfig, TrustState } from './types';

/** What became of a signal: it counted, in full or in part, or why it did not. */
export type FoldEffect =
  'counted' | 'own_word' | 'source_full' | 'other_layer_in_alarm' | 'neutral';

/** A state being folded into: layers are copied at their first change, so the original stays as it was. */
export interface Draft {
  layers: Record<Layer, LayerState>;
  original: TrustState;
  shocked: boolean;
}

export function openDraft(state: TrustState): Draft {
  const { identity, behavior, context, outcome } = state.layers;
  return {
    layers: { identity, behavior, context, outcome },
    original: state,
    shocked: state.ladder.shocked,
  };
}

export function closeDraft(draft: Draft): TrustState {
  const { ladder } = draft.original;
  return {
    schema: 1,
    layers: draft.layers,
    ladder: draft.shocked === ladder.shocked ? ladder : { ...ladder, shocked: draft.shocked },
  };
}

/** The layer as it may be changed: the draft's own copy. */
export function writableLayer(draft: Draft, name: Layer): LayerState {
  const layer = draft.layers[name];
  if (layer !== draft.original.layers[name]) return layer;
  const copy = copyLayer(layer);
  draft.layers[name] = copy;
  return copy;
}

/** Brings the layer to the time of the signal and says how old the signal is there, in milliseconds. */
export function bringForward(layer: LayerState, at: number, config: TrustConfig): number {
  if (at > layer.at) {
    decayMasses(layer.masses, at - layer.at, config);
    layer.at = at;
  }
  if (layer.freshAt === null || at > layer.freshAt) layer.freshAt = at;
  return layer.at - at;
}
