import { SignJWT } from 'jose';
import type { Permit } from '@/lib/contracts';
import { issuer } from './issuer';
import { signingKey } from './signing-keys';

interface PermitClaims {
  readonly permitId: string;
  readonly decisionId: string;
  readonly agentId: string;
  /** SHA-256 of the canonical action, in hex. */
  readonly digest: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** The permit as a signed token, which a tool server can check offline against `/.well-known/jwks.json`. */
export async function signPermit(claims: PermitClaims): Promise<Permit> {
  const { kid, privateKey } = await signingKey();
  const token = await new SignJWT({ decision: claims.decisionId, digest: claims.digest })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'belay-permit+jwt' })
    .setIssuer(issuer())
    .setSubject(claims.agentId)
    .setJti(claims.permitId)
    .setExpirationTime(Math.floor(claims.expiresAt / 1000))
    .sign(privateKey);
  return { token, expiresAt: new Date(claims.expiresAt).toISOString() };
}
