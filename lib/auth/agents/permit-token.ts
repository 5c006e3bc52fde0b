/**
 * The permit as a signed token (JWS compact serialisation, RFC 7515, EdDSA by RFC 8037). Signed in place: handing over to the thread
 * pool and back, as Web Crypto does, costs as much as the signature, and every allowed call has one.
 */
import { sign } from 'node:crypto';
import type { Permit } from '@/lib/contracts';
import { issuer } from './issuer';
import { signingKey, type SigningKey } from './signing-keys';

interface PermitClaims {
  readonly permitId: string;
  readonly decisionId: string;
  readonly agentId: string;
  /** SHA-256 of the canonical action, in hex. */
  readonly digest: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

const headers = new WeakMap<SigningKey, string>();

/** The encoded header, with the dot behind it. */
function headerOf(signing: SigningKey): string {
  const known = headers.get(signing);
  if (known !== undefined) return known;
  const header = `${encoded({ alg: 'EdDSA', kid: signing.kid, typ: 'belay-permit+jwt' })}.`;
  headers.set(signing, header);
  return header;
}

const encoded = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A tool server can check it offline against `/.well-known/jwks.json`. */
export async function signPermit(claims: PermitClaims): Promise<Permit> {
  const signing = await signingKey();
  const unsigned =
    headerOf(signing) +
    encoded({
      decision: claims.decisionId,
      digest: claims.digest,
      iss: issuer(),
      sub: claims.agentId,
      jti: claims.permitId,
      exp: Math.floor(claims.expiresAt / 1000),
    });
  const signature = sign(null, Buffer.from(unsigned), signing.privateKey).toString('base64url');
  return { token: `${unsigned}.${signature}`, expiresAt: new Date(claims.expiresAt).toISOString() };
}
