/** `Content-Digest` (RFC 9530): what the body hashes to. Pure. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { parseDictionary } from 'structured-headers';

const HASHES: Readonly<Record<string, string>> = { 'sha-256': 'sha256', 'sha-512': 'sha512' };

/** Whether a body is the one that was digested. `unsupported`: there is no digest we can check. */
export function checkDigest(
  field: string,
  body: Uint8Array,
): 'matches' | 'differs' | 'unsupported' | 'malformed' {
  const digests = read(field);
  if (digests === undefined) return 'malformed';
  const known = [...digests].filter(([name]) => Object.hasOwn(HASHES, name));
  if (known.length === 0) return 'unsupported';
  for (const [name, given] of known) {
    if (given === undefined) return 'malformed';
    const own = createHash(HASHES[name] ?? '')
      .update(body)
      .digest();
    if (own.byteLength !== given.byteLength || !timingSafeEqual(own, given)) return 'differs';
  }
  return 'matches';
}

function read(field: string): Map<string, Uint8Array | undefined> | undefined {
  try {
    return new Map(
      [...parseDictionary(field)].map(([name, [value]]) => [
        name,
        value instanceof ArrayBuffer ? new Uint8Array(value) : undefined,
      ]),
    );
  } catch {
    return undefined;
  }
}

/** The field for a body, with SHA-256. */
export const contentDigest = (body: string | Uint8Array): string =>
  `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
