import type { SignalKind } from '../types';
import { BEHAVIOR_KINDS } from './behavior';
import { CONTEXT_KINDS } from './context';
import { IDENTITY_KINDS } from './identity';
import { OUTCOME_KINDS } from './outcome';

/** Every kind of evidence Belay understands, by `<layer>.<kind>`. A new kind is a new entry, never a branch. */
export const SIGNAL_CATALOGUE: Record<string, SignalKind> = {
  ...IDENTITY_KINDS,
  ...BEHAVIOR_KINDS,
  ...CONTEXT_KINDS,
  ...OUTCOME_KINDS,
};

/** Whether the catalogue knows this kind; intake asks before it accepts a signal. */
export function isSignalKind(kind: string): boolean {
  return Object.hasOwn(SIGNAL_CATALOGUE, kind);
}

export { rejectionSignals } from './rejections';
