/** Refusals that the access request profile names, with its statuses. */
import { ACCESS_REQUEST_PROBLEM, DomainError, type DomainErrorKind } from '@/lib/contracts';

const KINDS = {
  not_requestable: 'malformed',
  expired_denial: 'gone',
  invalid_denial_binding: 'malformed',
  duplicate_request: 'conflict',
  unknown_task: 'not_found',
} as const satisfies Record<string, DomainErrorKind>;

export const accessProblem = (code: keyof typeof KINDS, message: string) =>
  new DomainError(KINDS[code], code, message, { problemType: ACCESS_REQUEST_PROBLEM + code });
