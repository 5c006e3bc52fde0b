import { acts } from './acts';
import { closeDraft, openDraft, type Draft, type FoldEffect } from './draft';
import { foldInto } from './fold';
import { readLayer, readTrust, readingOf } from './read';
import { composite } from './opinion';
import { formatDelta } from './sentences';
import { stepRung } from './step-rung';
import type {
  AssessOptions,
  Assessment,
  Contribution,
  Layer,
  LayerReading,
  Severity,
  Signal,
  TrustConfig,
  TrustState,
} from './types';

const WITHOUT_EFFECT: Record<Exclude<FoldEffect, 'counted'>, string> = {
  own_word: "the agent's own word lifts nothing",
  source_full: 'this source has given all it may in its window',
  other_layer_in_alarm: 'held back while another layer is in alarm',
  neutral: 'neither good nor bad',
};

function explain(
  label: string,
  layer: Layer,
  effect: FoldEffect,
  layerDelta: number,
  scoreDelta: number,
): string {
  if (effect !== 'counted') return `${label}: ${WITHOUT_EFFECT[effect]}.`;
  return `${label}: ${layer} ${formatDelta(layerDelta)}, score ${formatDelta(scoreDelta)}.`;
}

/** Evidence from the future counts as of now, so that a clock an hour ahead cannot age everything else. */
function notAfter(signal: Signal, now: number): Signal {
  return signal.at > now && Number.isFinite(signal.at) ? { ...signal, at: now } : signal;
}

function severest(a: Severity | null, b: Severity | undefined): Severity | null {
  if (b === undefined) return a;
  return a === null || b < a ? b : a;
}

function incidentOf(signal: Signal, effect: FoldEffect, config: TrustConfig): Severity | undefined {
  const kind = config.kinds[signal.kind];
  return effect === 'counted' && acts(kind, signal.magnitude) ? kind.opensIncident : undefined;
}

/** An assessment under way: the draft, the readings as they stand, and what has been explained so far. */
interface Tally {
  draft: Draft;
  layers: Record<Layer, LayerReading>;
  score: number;
  contributions: Contribution[];
  opensIncident: Severity | null;
}

/** Folds one signal and reads again what it can have changed: its own layer and the composite. */
function tally(into: Tally, signal: Signal, config: TrustConfig, now: number): void {
  const effect = foldInto(into.draft, signal, config);
  const { layer = 'outcome', label = signal.kind } = config.kinds[signal.kind] ?? {};
  const layerBefore = into.layers[layer].score;
  const scoreBefore = into.score;
  if (effect === 'counted') {
    into.layers[layer] = readLayer(into.draft.layers[layer], layer, config, now);
    into.score = composite(into.layers, config);
  }
  const layerDelta = into.layers[layer].score - layerBefore;
  const scoreDelta = into.score - scoreBefore;
  const text = explain(label, layer, effect, layerDelta, scoreDelta);
  const { id: signalId, kind } = signal;
  into.contributions.push({ signalId, kind, layer, layerDelta, scoreDelta, text });
  into.opensIncident = severest(into.opensIncident, incidentOf(signal, effect, config));
}

/**
 * What the decision path calls for an agent: folds the signals in order, reads the score before and after, names what
 * each signal did, and steps the rung. All scores are taken at `now`, so the deltas of the signals add up to the
 * difference between `before` and `reading`, and `decayDelta` is the rest since the last assessment.
 *
 * @throws TrustError for a signal that {@link foldSignal} refuses; the state stays as it was
 */
export function assess(
  state: TrustState,
  signals: readonly Signal[],
  options: AssessOptions,
): Assessment {
  const { config, ladder, now, openIncident } = options;
  const before = readTrust(state, config, now);
  const { identity, behavior, context, outcome } = before.layers;
  const layers = { identity, behavior, context, outcome };
  const sum: Tally = {
    draft: openDraft(state),
    layers,
    score: before.score,
    contributions: [],
    opensIncident: null,
  };
  for (const signal of signals) tally(sum, notAfter(signal, now), config, now);
  const reading = readingOf(layers, config, now);
  const folded = closeDraft(sum.draft);
  const step = stepRung(folded, reading, { ladder, now, openIncident, scoreBefore: before.score });
  const { last } = state.ladder;
  return {
    state: step.state,
    before,
    reading,
    rung: step.rung,
    rungChange: step.change,
    contributions: sum.contributions,
    decayDelta: last === null ? 0 : before.score - last.score,
    opensIncident: sum.opensIncident,
  };
}
