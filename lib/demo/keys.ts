/** The keys of the demo agents: derived from the installation's secret, so that nothing has to be stored. */
import { createHmac, createPrivateKey, createPublicKey } from 'node:crypto';
import type { JWK } from 'jose';
import type { PublicJwk } from '@/lib/contracts';
import { deriveKey } from '@/lib/env/secret';

/** The DER of an Ed25519 private key up to its 32 bytes (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface DemoKey {
  readonly privateKey: JWK;
  readonly publicKey: PublicJwk;
}

/** The Ed25519 key pair of one demo agent; the same on every call of one installation. */
export function keyOf(agentKey: string): DemoKey {
  const seed = createHmac('sha256', deriveKey('demo-agents')).update(agentKey).digest();
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  return {
    privateKey: key.export({ format: 'jwk' }),
    publicKey: createPublicKey(key).export({ format: 'jwk' }) as PublicJwk,
  };
}
