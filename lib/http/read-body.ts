import { DomainError } from '@/lib/contracts';
import { requireExact } from './exact-json';

/** Deepest nesting of a JSON body. Recursive validators must not be driven into the stack limit. */
const MAX_DEPTH = 32;

/** Bodies that a server has read off the connection itself, and found to be UTF-8. */
const handedOver = new WeakMap<Request, string>();

/** Gives a request its body, for a server that has read it before there was a `Request`. */
export function handOver(request: Request, body: string): void {
  handedOver.set(request, body);
}

/**
 * Reads a request body as text, never more than `maxBytes` of it.
 *
 * @throws DomainError `body_too_large` (413), `malformed_encoding` (400)
 */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > maxBytes) throw tooLarge(maxBytes);
  const given = handedOver.get(request);
  if (given !== undefined) {
    if (Buffer.byteLength(given) > maxBytes) throw tooLarge(maxBytes);
    return given;
  }
  if (request.body === null) return '';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let size = 0;
  let text = '';
  const reader = request.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      size += value.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    if (error instanceof DomainError) throw error;
    throw new DomainError(
      'malformed',
      'malformed_encoding',
      'The body is not valid UTF-8 or ended early.',
    );
  }
}

/**
 * Reads a JSON body.
 *
 * @throws DomainError `wrong_content_type`, `empty_body`, `malformed_json`, `nested_too_deep`, `unstorable_text` (400),
 *   `body_too_large` (413), and what `requireExact` refuses
 */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  requireContentType(request, /^application\/([a-z0-9.+-]+\+)?json$/i, 'application/json');
  const text = await readText(request, maxBytes);
  if (text.trim() === '')
    throw new DomainError('malformed', 'empty_body', 'The body is empty; send a JSON document.');
  if (nestingDepth(text) > MAX_DEPTH)
    throw new DomainError(
      'malformed',
      'nested_too_deep',
      `The body is nested more than ${MAX_DEPTH} levels deep.`,
    );
  const value = parseJson(text);
  requireExact(text);
  return rejectUnstorable(value, text);
}

export function requireContentType(request: Request, pattern: RegExp, expected: string): void {
  const given = (request.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
  if (pattern.test(given)) return;
  throw new DomainError(
    'malformed',
    'wrong_content_type',
    `The content type must be ${expected}, not ${given === '' ? 'absent' : given}.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new DomainError(
      'malformed',
      'malformed_json',
      `The body is not JSON: ${(error as Error).message}.`,
    );
  }
}

/** Depth of brackets outside of strings, without building anything. */
function nestingDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 92) i += 1;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 123 || code === 91) deepest = Math.max(deepest, (depth += 1));
    else if (code === 125 || code === 93) depth -= 1;
  }
  return deepest;
}

/** PostgreSQL's JSON holds neither NUL nor half a surrogate pair; both only come in as escapes or broken text. */
function rejectUnstorable(value: unknown, text: string): unknown {
  const suspicious = /\\u0000|\\u[dD][89a-fA-F]|\u0000/.test(text);
  if (!suspicious) return value;
  const written = JSON.stringify(value);
  // JSON.stringify escapes lone surrogates and NUL, and nothing else in this range (well-formed JSON.stringify).
  if (/(?<!\\)(\\\\)*\\u(0000|d[89a-f][0-9a-f]{2})/.test(written))
    throw new DomainError(
      'malformed',
      'unstorable_text',
      'The body has a NUL character or half of a surrogate pair; neither is valid text.',
    );
  return value;
}

/** The refusal of a body beyond its limit. */
export function tooLarge(maxBytes: number): DomainError {
  return new DomainError(
    'too_large',
    'body_too_large',
    `The body is larger than ${Math.floor(maxBytes / 1024)} KiB.`,
  );
}
