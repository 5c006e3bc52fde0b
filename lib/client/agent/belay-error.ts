/** A call that Belay refused or did not answer. `code` is stable, `detail` is for people. */
export class BelayError extends Error {
  override readonly name = 'BelayError';

  constructor(
    /** Of HTTP; 0 when nothing answered. */
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly more: {
      readonly requestId?: string | undefined;
      readonly errors?: readonly { readonly path: string; readonly message: string }[] | undefined;
      readonly facts?: Readonly<Record<string, unknown>> | undefined;
      /** How long Belay asks to wait before the next try. */
      readonly retryAfterMs?: number | undefined;
    } = {},
  ) {
    super(`${detail} (${code})`);
  }
}

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title?: string;
  readonly detail?: string;
  readonly requestId?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly facts?: Readonly<Record<string, unknown>>;
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'status' in body;

/** The error of a response that is no success. One whose body breaks off, as its server died, is no answer. */
export async function errorOf(response: Response): Promise<BelayError> {
  const text = await response.text().catch(() => undefined);
  if (text === undefined) return noAnswer();
  const { status } = response;
  const retryAfterMs = retryAfterOf(response);
  const body = jsonOf(text);
  if (isProblem(body)) {
    const { code, detail, title, ...more } = body;
    return new BelayError(status, code, detail ?? title ?? code, { ...more, retryAfterMs });
  }
  const requestId = response.headers.get('x-request-id') ?? undefined;
  return new BelayError(status, `http_${status}`, `The server answered ${status}.`, {
    requestId,
    retryAfterMs,
  });
}

/** The error of a request that got no answer. */
export const noAnswer = (): BelayError =>
  new BelayError(0, 'no_answer', 'Belay did not answer. Check that it runs and can be reached.');

/** The body of a success. A server that dies in the middle of it has given no answer; a caller who gave up knows already. */
export async function answerOf<Answer>(response: Response): Promise<Answer> {
  try {
    return (await response.json()) as Answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw noAnswer();
  }
}

/** Whether another try can help: no connection, a database that is away, too many calls. */
export function worthAnotherTry(error: unknown): boolean {
  if (!(error instanceof BelayError)) return false;
  return error.status === 0 || error.status === 429 || error.status >= 500;
}

/** RFC 9110, section 10.2.3: seconds, or a date. */
function retryAfterOf(response: Response): number | undefined {
  const given = response.headers.get('retry-after');
  if (given === null) return undefined;
  const ms = /^\d{1,9}$/.test(given) ? Number(given) * 1000 : Date.parse(given) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
