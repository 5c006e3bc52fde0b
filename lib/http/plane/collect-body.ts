import type { IncomingMessage } from 'node:http';
import { tooLarge } from '@/lib/http/read-body';

/**
 * Reads a body off the connection: whole, and never more than `maxBytes` of it.
 *
 * @returns undefined when the client went away first
 * @throws DomainError `body_too_large` (413)
 */
export function collectBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | undefined> {
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
      const [only] = chunks;
      resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
    });
    request.once('error', () => resolve(undefined));
    request.once('close', () => resolve(undefined));
  });
}
