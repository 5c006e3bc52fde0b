import { isDatabaseUnavailable } from '@/lib/db';
import { DOMAIN_ERROR_KINDS, DomainError, type Problem } from '@/lib/contracts';
import { logError } from './log';

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request is malformed',
  401: 'Not signed in',
  403: 'Not permitted',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Already decided or stale',
  410: 'Over',
  413: 'Too large',
  422: 'A rule was broken',
  429: 'Too many requests',
  500: 'Something failed on our side',
  503: 'Not available right now',
};

/** The one mapper from errors to RFC 9457 problem details. Unknown errors are masked, and logged once with their request id. */
export function problemResponse(error: unknown, requestId: string): Response {
  const known = knownError(error);
  if (known.kind === undefined) logError('request failed', { requestId, error });
  const status = known.kind === undefined ? 500 : DOMAIN_ERROR_KINDS[known.kind];
  const { errors, facts, retryAfterSeconds, oauthError, problemType } = known.details;
  const problem: Problem = {
    type: problemType ?? `urn:belay:problem:${known.code}`,
    title: TITLES[status] ?? 'Error',
    status,
    detail: known.message,
    code: known.code,
    requestId,
    ...(errors === undefined ? {} : { errors: [...errors] }),
    ...(oauthError === undefined ? {} : { error: oauthError }),
    ...(facts === undefined ? {} : { facts: { ...facts } }),
  };
  return Response.json(problem, {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': requestId,
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
  });
}

type Known = Pick<DomainError, 'code' | 'message' | 'details'> & {
  kind: DomainError['kind'] | undefined;
};

function knownError(error: unknown): Known {
  if (error instanceof DomainError) return error;
  if (isDatabaseUnavailable(error))
    return {
      kind: 'unavailable',
      code: 'database_unavailable',
      message:
        'The database cannot be reached right now. Nothing was acknowledged; try again in a few seconds.',
      details: { retryAfterSeconds: 2 },
    };
  return {
    kind: undefined,
    code: 'internal_error',
    message:
      'Something failed on our side. Nothing was acknowledged. Quote the request id when you report it.',
    details: {},
  };
}
