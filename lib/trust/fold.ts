import { admit } from './admit';
import { closeDraft, openDraft, type Draft, type FoldEffect } from './draft';
import { foldNegative } from './fold-negative';
import { foldPositive } from './fold-positive';
import type { Signal, TrustConfig, TrustState } from './types';

/** Folds one signal into a draft, in place. Refuses before it touches anything. */
export function foldInto(draft: Draft, signal: Signal, config: TrustConfig): FoldEffect {
  const kind = admit(signal, config);
  return kind.sign === 'positive'
    ? foldPositive(draft, signal, kind, config)
    : foldNegative(draft, signal, kind, config);
}

/**
 * The state after one more signal. O(1) in time and size; needs no clock. A signal older than the newest one of its
 * layer is folded as what is left of it by then.
 *
 * @throws TrustError `unknown_kind`, `invalid_time`, `invalid_magnitude` or `invalid_source`
 */
export function foldSignal(state: TrustState, signal: Signal, config: TrustConfig): TrustState {
  return foldSignals(state, [signal], config);
}

/** {@link foldSignal} for many, in order: one batch or several give the same bits. A bad signal refuses the batch. */
export function foldSignals(
  state: TrustState,
  signals: readonly Signal[],
  config: TrustConfig,
): TrustState {
  const draft = openDraft(state);
  for (const signal of signals) foldInto(draft, signal, config);
  return closeDraft(draft);
}
