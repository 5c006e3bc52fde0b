import type { NegativeKind, SignalKind } from './types';

/** Whether a signal of this kind is strong enough for what the kind leads to besides its weight: incidents and responses. */
export function acts(kind: SignalKind | undefined, magnitude = 1): kind is NegativeKind {
  return kind?.sign === 'negative' && magnitude > (kind.actsAbove ?? 0);
}
