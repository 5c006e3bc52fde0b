/** One POST to something outside, for a bounded time, with a bounded answer, to an address that may be asked. */
import { Agent, fetch } from 'undici';
import { AddressRefused, guardedLookup, refuseLiteral } from './guard';

const TIMEOUT_MS = 10_000;
/** As much of an answer as is kept, in characters. */
const KEPT_ANSWER = 300;
const MAX_ANSWER_BYTES = 4_096;

/** What a try to deliver came to. */
export interface Tried {
  readonly delivered: boolean;
  /** The other side's status; null without an answer. */
  readonly status: number | null;
  /** What the other side said, or why there was no answer. */
  readonly answer: string;
}

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

const agent = new Agent({
  connect: { lookup: guardedLookup, timeout: TIMEOUT_MS },
  headersTimeout: TIMEOUT_MS,
  bodyTimeout: TIMEOUT_MS,
});

/** Never throws. A redirect is an answer like any other that is no success: where a message goes is what was entered. */
export async function post({ url, headers, body }: Post): Promise<Tried> {
  try {
    refuseLiteral(new URL(url));
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'user-agent': 'Belay', ...headers },
      body,
      redirect: 'manual',
      dispatcher: agent,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await beginningOf(response.body ?? []);
    return {
      delivered: response.ok,
      status: response.status,
      answer: text === '' ? response.statusText : text,
    };
  } catch (error) {
    return { delivered: false, status: null, answer: sentenceOf(error) };
  }
}

async function beginningOf(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
  const kept: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    kept.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) break;
  }
  // PostgreSQL stores no NUL character.
  return Buffer.concat(kept).toString('utf8').replaceAll('\u0000', '').trim().slice(0, KEPT_ANSWER);
}

function sentenceOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof AddressRefused) return cause.message;
  if (cause instanceof Error && cause.name === 'TimeoutError')
    return 'It did not answer within 10 seconds.';
  const code = (cause as { code?: unknown } | null)?.code;
  return `It could not be reached${typeof code === 'string' ? ` (${code})` : ''}.`;
}
