/** An Ed25519 key pair made in this browser. The private half never leaves it except as the file the person saves. */
import type { PublicJwk } from '@/lib/contracts';
import { t } from '@/lib/client/language';

export interface KeyPair {
  publicKey: PublicJwk;
  /** The whole JWK, with the private `d`. */
  privateKey: Record<string, string>;
}

/** Browsers offer key generation on https and localhost only, and some do not know Ed25519. */
export async function canMakeKeys(): Promise<boolean> {
  try {
    await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify']);
    return true;
  } catch {
    return false;
  }
}

/** @throws DOMException or TypeError when the browser cannot make Ed25519 keys */
export async function makeKeyPair(): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify']);
  const jwk = await crypto.subtle.exportKey('jwk', pair.privateKey);
  const { x = '', d = '' } = jwk;
  const publicKey = { kty: 'OKP', crv: 'Ed25519', x } as const;
  return { publicKey, privateKey: { ...publicKey, d } };
}

/** Reads a pasted public JWK. Says what is wrong in words. */
export function readPublicKey(text: string): { key: PublicJwk } | { problem: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { problem: t('This is not JSON. Paste the public key as a JWK, with kty, crv and x.') };
  }
  const jwk = (parsed ?? {}) as Record<string, unknown>;
  if ('d' in jwk)
    return {
      problem: t(
        'This carries the private half (d). Never paste it anywhere: make a new pair, and paste the public key alone.',
      ),
    };
  if (jwk['kty'] !== 'OKP' || jwk['crv'] !== 'Ed25519')
    return { problem: t('This is not an Ed25519 key: kty must be "OKP" and crv "Ed25519".') };
  if (typeof jwk['x'] !== 'string' || !/^[A-Za-z0-9_-]{43}$/.test(jwk['x']))
    return { problem: t('x must be 32 bytes in base64url, which are 43 characters.') };
  return { key: { kty: 'OKP', crv: 'Ed25519', x: jwk['x'] } };
}

/** Makes a pair with Node, for people who do not want a browser to see the key. */
export const NODE_KEY_COMMAND = `node -e 'const{privateKey:k}=require("crypto").generateKeyPairSync("ed25519");const j=k.export({format:"jwk"});require("fs").writeFileSync("agent-key.json",JSON.stringify(j));delete j.d;console.log(JSON.stringify(j))'`;
