/** The refusals of an operation: those every call of its kind can get, and its own codes. */
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { problemSchema } from '@/lib/contracts';
import type { Operation } from './operation';

type Status = 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 503;

const MEANING: Readonly<Record<Status, string>> = {
  400: 'The request is malformed.',
  401: 'No valid credentials.',
  403: 'Known, but not permitted.',
  404: 'Unknown here, or of another workspace: the two do not differ.',
  409: 'Already decided, or stale.',
  413: 'The body is too large.',
  422: 'A rule was broken.',
  429: 'Too many requests; `Retry-After` says when to come back.',
  503: 'The database cannot be reached; nothing was decided.',
};

const BODY_CODES = ['malformed_body', 'malformed_json', 'empty_body', 'wrong_content_type'];
const IDEMPOTENCY: Readonly<Partial<Record<Status, readonly string[]>>> = {
  400: ['malformed_idempotency_key'],
  409: ['in_progress'],
  422: ['idempotency_key_reused'],
};

/** The refusals as responses, by status. */
export function problemResponses(operation: Operation): Record<string, ZodOpenApiResponseObject> {
  const codes = new Map<Status, string[]>();
  const add = (status: Status, ...more: readonly string[]) =>
    codes.set(status, [...new Set([...(codes.get(status) ?? []), ...more])]);
  for (const [status, own] of Object.entries(operation.problems ?? {}))
    add(Number(status) as Status, ...own);
  if (operation.query !== undefined) add(400, 'malformed_query');
  if (operation.body !== undefined) {
    add(400, ...(operation.bodyType === undefined ? BODY_CODES : []));
    add(413, 'body_too_large');
  }
  if (operation.callers.length > 0) add(401);
  if (operation.permission !== undefined) add(403, 'forbidden');
  if (operation.callers.includes('session')) {
    if (operation.personal !== true) {
      add(400, 'workspace_required');
      add(403, 'password_change_required');
    }
    add(404, 'not_found');
    if (operation.method !== 'get') add(403, 'cross_site');
  }
  if (operation.path.includes('{')) add(404, 'not_found');
  if (operation.idempotent === true)
    for (const [status, own] of Object.entries(IDEMPOTENCY)) add(Number(status) as Status, ...own);
  add(503, 'database_unavailable');
  return {
    ...Object.fromEntries([...codes].map(([status, list]) => [status, response(status, list)])),
    default: problem('Something failed on our side. Quote the `requestId` when you report it.'),
  };
}

function response(status: Status, codes: readonly string[]): ZodOpenApiResponseObject {
  const listed = codes.map((code) => `\`${code}\``).join(', ');
  return problem(listed === '' ? MEANING[status] : `${MEANING[status]} Codes: ${listed}.`);
}

function problem(description: string): ZodOpenApiResponseObject {
  return { description, content: { 'application/problem+json': { schema: problemSchema } } };
}
