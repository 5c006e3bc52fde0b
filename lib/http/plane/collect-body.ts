import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { DomainError } from '@/lib/contracts';
import { tooLarge } from '@/lib/http/read-body';

/**
 * Reads a body off the connection: whole, and never more than `maxBytes` of it.
 *
 * @returns undefined when the client went away first
 * @throws DomainError `body_too_large` (413), `malformed_encoding` (400)
 */
export function collectBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes)
    return Promise.reject(tooLarge(maxBytes));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      chunks.push(chunk);
      if (size <= maxBytes) return;
      request.pause();
      request.removeAllListeners('data');
      reject(tooLarge(maxBytes));
    });
    request.once('end', () => {
      const body =
        chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
      if (isUtf8(body)) resolve(body.toString('utf8'));
      else
        reject(new DomainError('malformed', 'malformed_encoding', 'The body is not valid UTF-8.'));
    });
    request.once('error', () => resolve(undefined));
    request.once('close', () => resolve(undefined));
  });
}
