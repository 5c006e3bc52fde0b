import { TrustError } from './errors';
import type { Signal, SignalKind, TrustConfig } from './types';

/** The catalogue entry of a signal, or a typed error for anything that must not reach the arithmetic. */
export function admit(signal: Signal, config: TrustConfig): SignalKind {
  const kind = Object.hasOwn(config.kinds, signal.kind) ? config.kinds[signal.kind] : undefined;
  if (kind === undefined)
    throw new TrustError('unknown_kind', `There is no signal kind "${signal.kind}".`);
  if (!Number.isFinite(signal.at) || signal.at < 0)
    throw new TrustError(
      'invalid_time',
      'The time of a signal is milliseconds since 1970, finite and not negative.',
    );
  const { magnitude } = signal;
  if (magnitude !== undefined && !(magnitude > 0 && magnitude <= 1))
    throw new TrustError(
      'invalid_magnitude',
      'The magnitude of a signal is above 0 and at most 1.',
    );
  if (!Object.hasOwn(config.credit, signal.sourceClass) || signal.source === '')
    throw new TrustError(
      'invalid_source',
      'A signal names its source and one of the known source classes.',
    );
  return kind;
}
