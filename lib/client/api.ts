/**
 * The console's only fetch client. Answers are typed by `z.infer` of lib/contracts; the schemas themselves stay on the server,
 * which validates what it takes and serializes what it sends, so that no validator is part of the page.
 */
import { apiErrorOf, noAnswer } from './api-error';

export type QueryValues = Record<string, string | number | boolean | null | undefined>;

export interface RequestOptions {
  query?: QueryValues;
  signal?: AbortSignal;
  /** Makes a repeated write count once. */
  idempotencyKey?: string;
  /** Goes out also when the page is left. */
  keepalive?: boolean;
}

/** `path` with the values that are set, in order: "/api/v1/agents?q=crm&rung=4". */
export function withQuery(path: string, query: QueryValues = {}): string {
  const values = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  if (values.length === 0) return path;
  return `${path}?${new URLSearchParams(values.map(([key, value]) => [key, String(value)]))}`;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { credentials: 'same-origin', cache: 'no-store', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw noAnswer();
  }
}

async function request<Answer>(
  workspace: string,
  method: string,
  path: string,
  body: unknown,
  options: RequestOptions,
): Promise<Answer> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'x-belay-workspace': workspace,
  };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey;
  const response = await send(withQuery(path, options.query), {
    method,
    headers,
    signal: options.signal,
    keepalive: options.keepalive,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw await apiErrorOf(response);
  if (response.status === 204) return undefined as Answer;
  return (await response.json()) as Answer;
}

/**
 * The calls of one workspace. `path` begins with "/api/v1/".
 *
 * @example
 * const agent = await apiOf('default').get<AgentDetail>(`/api/v1/agents/${id}`);
 * @throws ApiError for every answer that is not a success, and when there is none
 */
export function apiOf(workspace: string) {
  return {
    get: <Answer>(path: string, options: RequestOptions = {}) =>
      request<Answer>(workspace, 'GET', path, undefined, options),
    post: <Answer>(path: string, body: unknown = {}, options: RequestOptions = {}) =>
      request<Answer>(workspace, 'POST', path, body, options),
    put: <Answer>(path: string, body: unknown, options: RequestOptions = {}) =>
      request<Answer>(workspace, 'PUT', path, body, options),
    patch: <Answer>(path: string, body: unknown, options: RequestOptions = {}) =>
      request<Answer>(workspace, 'PATCH', path, body, options),
    delete: <Answer = undefined>(path: string, options: RequestOptions = {}) =>
      request<Answer>(workspace, 'DELETE', path, undefined, options),
  };
}
