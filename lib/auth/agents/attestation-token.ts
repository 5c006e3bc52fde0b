import { SignJWT } from 'jose';
import { newId } from '@/lib/db';
import { issuer } from './issuer';
import { signingKey } from './signing-keys';

/** An attestation says how things stand now: whoever relies on it asks for a new one soon. */
const ATTESTATION_SECONDS = 300;

/**
 * What Belay says of an agent, as a signed token that anybody can check against `/.well-known/jwks.json`. It opens no door: its
 * type is another than that of an agent token, and it names no audience.
 *
 * @param now milliseconds since the epoch
 */
export async function signAttestation(
  agentId: string,
  claims: Readonly<Record<string, unknown>>,
  now: number,
): Promise<{ token: string; expiresAt: string }> {
  const { kid, privateKey } = await signingKey();
  const seconds = Math.floor(now / 1000);
  const token = await new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'belay-attestation+jwt' })
    .setIssuer(issuer())
    .setSubject(agentId)
    .setJti(newId(now))
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + ATTESTATION_SECONDS)
    .sign(privateKey);
  return { token, expiresAt: new Date((seconds + ATTESTATION_SECONDS) * 1000).toISOString() };
}
