/** The algorithms of RFC 9421, section 3.3, each as the check of a signature. Which one a key is good for, registration says. */
import { constants, createHmac, timingSafeEqual, verify, type KeyObject } from 'node:crypto';

type Check = (key: KeyObject, data: Buffer, signature: Uint8Array) => boolean;

const ALGORITHMS = {
  ed25519: (key, data, signature) => verify(null, data, key, signature),
  'rsa-pss-sha512': (key, data, signature) => {
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    return verify('sha512', data, { key, padding, saltLength: 64 }, signature);
  },
  'rsa-v1_5-sha256': (key, data, signature) => verify('sha256', data, key, signature),
  'ecdsa-p256-sha256': (key, data, signature) =>
    verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature),
  'hmac-sha256': (key, data, signature) => {
    const own = createHmac('sha256', key).update(data).digest();
    return own.byteLength === signature.byteLength && timingSafeEqual(own, signature);
  },
} as const satisfies Record<string, Check>;

export type SignatureAlgorithm = keyof typeof ALGORITHMS;

/** False for a signature that is none, as for one of another key. */
export function signatureHolds(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  base: string,
  signature: Uint8Array,
): boolean {
  try {
    return ALGORITHMS[algorithm](key, Buffer.from(base, 'latin1'), signature);
  } catch {
    return false;
  }
}
