/** One question over HTTP to something outside, for a bounded time, with a bounded answer. */

export interface OutsidePlace {
  /** The whole address. */
  readonly address: string;
  readonly timeoutMs: number;
  /** Sent as a bearer token. */
  readonly token: string | undefined;
}

/** Why there was no answer: silence; no connection, 5xx or 429; any other status; something that is no answer. */
export type OutsideFailure = 'timeout' | 'unreachable' | 'refused' | 'unreadable';

export type Answered<Answer> =
  | { readonly answer: Answer }
  | {
      readonly failure: OutsideFailure;
      /** Says something about the place, not about this question. */
      readonly counts: boolean;
    };

const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Asks, and never throws.
 *
 * @param read the answer in a JSON value; undefined when there is none to be found
 */
export async function postJson<Answer>(
  place: OutsidePlace,
  body: unknown,
  read: (json: unknown) => Answer | undefined,
): Promise<Answered<Answer>> {
  try {
    const response = await fetch(place.address, {
      method: 'POST',
      headers: headersOf(place),
      body: JSON.stringify(body),
      // Where the question goes is what an admin wrote, not what an answer says.
      redirect: 'manual',
      signal: AbortSignal.timeout(place.timeoutMs),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return refusalOf(response.status);
    }
    const answer = read(parsed(await textOf(response)));
    return answer === undefined ? { failure: 'unreadable', counts: false } : { answer };
  } catch (error) {
    const timeout = error instanceof Error && error.name === 'TimeoutError';
    return { failure: timeout ? 'timeout' : 'unreachable', counts: true };
  }
}

function headersOf({ token }: OutsidePlace): Record<string, string> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` };
}

function refusalOf(status: number): { failure: OutsideFailure; counts: boolean } {
  if (status >= 500 || status === 429) return { failure: 'unreachable', counts: true };
  return { failure: 'refused', counts: false };
}

/** The text of an answer, or nothing when it is longer than an answer can be. */
async function textOf(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
