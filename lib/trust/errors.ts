type TrustErrorCode =
  'unknown_kind' | 'invalid_time' | 'invalid_magnitude' | 'invalid_source' | 'invalid_config';

/** Evidence or configuration the engine refuses. The state it was offered to is untouched. */
export class TrustError extends Error {
  override readonly name = 'TrustError';

  constructor(
    readonly code: TrustErrorCode,
    message: string,
  ) {
    super(message);
  }
}
