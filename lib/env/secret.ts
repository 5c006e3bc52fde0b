import { hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from './index';

/** What a derived key is for. A new purpose is a new line here, so that no two share a key. */
export type KeyPurpose =
  | 'session'
  | 'known-browser'
  | 'token-signing'
  | 'permit-signing'
  | 'checkpoint'
  | 'cursor'
  | 'search-page'
  | 'demo-agents'
  | 'base-policy'
  | 'detector'
  | 'review-sample'
  | 'evidence-source'
  | 'message-target'
  | 'push-subscription'
  | 'web-push'
  | 'gateway-secret';

/**
 * The root secret: BELAY_SECRET if set, else a file `secret` (mode 0600) made once under
 * `home`. Two processes that start together agree on one secret.
 */
export function readSecret(settings: { home: string; secret: string | undefined } = env()): string {
  if (settings.secret !== undefined) return settings.secret;
  const path = join(settings.home, 'secret');
  return readIfPresent(path) ?? createSecret(settings.home, path);
}

/**
 * A key for one purpose, by HKDF-SHA-256 (RFC 5869) from the root secret.
 *
 * @param bytes length, 1 to 8160
 */
export function deriveKey(purpose: KeyPurpose, bytes = 32, secret: string = readSecret()): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'belay', `belay/${purpose}/1`, bytes));
}

function readIfPresent(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8').trim();
    if (text.length < 32) throw new Error(`The secret in ${path} is too short; remove the file.`);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** link(2) fails if the file exists, so the first process wins and its file is always whole. */
function createSecret(home: string, path: string): string {
  mkdirSync(home, { recursive: true });
  const draft = join(home, `.secret-${randomBytes(6).toString('hex')}`);
  writeFileSync(draft, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const secret = readIfPresent(path);
  if (secret === undefined) throw new Error(`The secret file ${path} could not be written.`);
  return secret;
}
