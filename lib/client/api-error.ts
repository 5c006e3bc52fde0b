import type { Problem } from '@/lib/contracts';
import { t, texts } from './language';

/** A refusal or failure of the server, from its problem+json; `code` is stable, `detail` is for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly requestId: string | undefined,
    readonly errors: Problem['errors'],
    readonly facts: Problem['facts'],
  ) {
    super(detail);
  }

  /** The caller's role does not allow it. */
  get forbidden(): boolean {
    return this.status === 403;
  }
}

const WORDS: Readonly<Record<number, string>> = texts({
  0: 'The server did not answer. Check that it runs and that this browser reaches it.',
  401: 'You are signed out. Sign in again to go on.',
  404: 'This does not exist, or it belongs to a workspace that is not yours.',
  429: 'Too many requests. Wait a moment and try again.',
});

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'status' in body;
}

/** The error of a response that is not a success. One whose body breaks off, as its server died, is no answer. */
export async function apiErrorOf(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => undefined);
  if (text === undefined) return noAnswer();
  const body = jsonOf(text);
  const fallback =
    WORDS[response.status] ??
    t('The server answered {status}.', { status: String(response.status) });
  if (!isProblem(body)) {
    const requestId = response.headers.get('x-request-id') ?? undefined;
    return new ApiError(
      response.status,
      `http_${response.status}`,
      fallback,
      requestId,
      undefined,
      undefined,
    );
  }
  const detail = body.detail ?? body.title;
  return new ApiError(body.status, body.code, detail, body.requestId, body.errors, body.facts);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The error of a request that got no answer. */
export function noAnswer(): ApiError {
  return new ApiError(0, 'no_answer', WORDS[0]!, undefined, undefined, undefined);
}

/** The body of a success. A server that dies in the middle of it has given no answer; a caller who gave up knows already. */
export async function answerOf<Answer>(response: Response): Promise<Answer> {
  try {
    return (await response.json()) as Answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw noAnswer();
  }
}

/** What to tell a person about any error: a sentence, and the request id when there is one. */
export function describeError(error: unknown): { detail: string; requestId: string | undefined } {
  if (error instanceof ApiError) return { detail: error.detail, requestId: error.requestId };
  return { detail: t('Something unexpected happened in this browser.'), requestId: undefined };
}
