/** How attestations and proofs are carried: the one place where both sides agree. */
import { base64url } from 'jose';

export const ATTESTATION_HEADER = 'belay-attestation';
/** RFC 9449, section 4.1. */
export const PROOF_HEADER = 'dpop';
export const PROOF_TYPE = 'dpop+jwt';
export const ATTESTATION_TYPE = 'belay-attestation+jwt';
export const PERMIT_TYPE = 'belay-permit+jwt';

/** What Belay and agents sign with; nothing else is ever taken. */
export const ALGORITHMS = ['EdDSA', 'Ed25519'];

/** `ath` (RFC 9449, section 4.2): SHA-256 of the token, as base64url. */
export async function digestOf(token: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
  return base64url.encode(new Uint8Array(digest));
}
