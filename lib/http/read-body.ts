import { isUtf8 } from 'node:buffer';
import { DomainError } from '@/lib/contracts';
import { requireExact } from './exact-json';

/** Deepest nesting of a JSON body. Recursive validators must not be driven into the stack limit. */
const MAX_DEPTH = 32;

/** Bodies that a server has read off the connection itself: as text once it is known to be UTF-8, as bytes before. */
const handedOver = new WeakMap<Request, string | Uint8Array>();

/** Gives a request its body, for a server that has read it before there was a `Request`. */
export function handOver(request: Request, body: string | Uint8Array): void {
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
    return typeof given === 'string' ? given : textOf(given);
  }
  return textOf(await streamed(request, maxBytes));
}

/**
 * Reads a request body as it is, never more than `maxBytes` of it.
 *
 * @throws DomainError `body_too_large` (413), `malformed_encoding` (400)
 */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  const given = handedOver.get(request);
  if (declared > maxBytes || (given !== undefined && Buffer.byteLength(given) > maxBytes))
    throw tooLarge(maxBytes);
  if (given !== undefined) return typeof given === 'string' ? Buffer.from(given) : given;
  return streamed(request, maxBytes);
}

async function streamed(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return Buffer.concat(chunks);
      size += value.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    if (error instanceof DomainError) throw error;
    throw new DomainError('malformed', 'malformed_encoding', 'The body ended early.');
  }
}

/**
 * Bytes as the UTF-8 text they have to be.
 *
 * @throws DomainError `malformed_encoding` (400)
 */
export function textOf(bytes: Uint8Array): string {
  if (!isUtf8(bytes))
    throw new DomainError('malformed', 'malformed_encoding', 'The body is not valid UTF-8.');
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/**
 * Reads a JSON body.
 *
 * @throws DomainError `wrong_content_type`, `empty_body`, `malformed_json`, `nested_too_deep`, `unstorable_text` (400),
 *   `body_too_large` (413), and what `requireExact` refuses
 */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  requireContentType(request, /^application\/([a-z0-9.+-]+\+)?json$/i, 'application/json');
  return jsonOf(await readText(request, maxBytes));
}

/**
 * The value of a JSON text from outside.
 *
 * @throws DomainError `empty_body`, `malformed_json`, `nested_too_deep`, `unstorable_text` (400), and what `requireExact` refuses
 *   unless told that numbers need not be `exact`, for protocols that write large ones plainly
 */
export function jsonOf(text: string, { exact = true }: { exact?: boolean } = {}): unknown {
  if (text.trim() === '')
    throw new DomainError('malformed', 'empty_body', 'The body is empty; send a JSON document.');
  if (nestingDepth(text) > MAX_DEPTH)
    throw new DomainError(
      'malformed',
      'nested_too_deep',
      `The body is nested more than ${MAX_DEPTH} levels deep.`,
    );
  const value = parseJson(text);
  if (exact) requireExact(text);
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
