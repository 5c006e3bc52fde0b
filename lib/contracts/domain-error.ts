/**
 * Errors of the domain: a stable code, a plain sentence, and the kind that decides the HTTP status in one place
 * (`lib/http/problem-response.ts`). Nothing below `lib/http` knows about statuses or responses.
 */
export const DOMAIN_ERROR_KINDS = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  gone: 410,
  too_large: 413,
  unprocessable: 422,
  too_many: 429,
  unavailable: 503,
} as const;

export type DomainErrorKind = keyof typeof DOMAIN_ERROR_KINDS;

export interface DomainErrorDetails {
  /** Which part of the input is wrong: JSON Pointer-like path and a sentence. */
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  /** Facts a client needs to go on, for example who decided first. */
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
  /** Seconds after which another try makes sense. */
  readonly retryAfterSeconds?: number;
  /** The error code of RFC 6749, for the token endpoint. */
  readonly oauthError?:
    | 'invalid_request'
    | 'invalid_client'
    | 'invalid_grant'
    | 'invalid_scope'
    | 'invalid_target'
    | 'unsupported_grant_type';
  /** The type of the problem where a standard names it; `urn:belay:problem:CODE` unless told. */
  readonly problemType?: string;
  readonly cause?: unknown;
}

export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly kind: DomainErrorKind,
    /** Stable and machine-readable, snake_case. */
    readonly code: string,
    message: string,
    readonly details: DomainErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
  }
}

/** The one answer for what does not exist and for what belongs to another workspace: they must not differ. */
export const notFound = (what: string) =>
  new DomainError('not_found', 'not_found', `There is no such ${what} in this workspace.`);
