/** Secrets at rest: AES-256-GCM under a key of the purpose, bound to what they belong to. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deriveKey, type KeyPurpose } from './secret';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** @param about what the text belongs to; it opens for nothing else. Gives nonce, tag, ciphertext. */
export function seal(purpose: KeyPurpose, text: string, about: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', deriveKey(purpose), iv).setAAD(Buffer.from(about));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

/** @throws when it was sealed with another secret, for another purpose or about something else */
export function unseal(purpose: KeyPurpose, sealed: Buffer, about: string): string {
  const iv = sealed.subarray(0, IV_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', deriveKey(purpose), iv);
  decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const body = [decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()];
  return Buffer.concat(body).toString('utf8');
}
