/** That the test vectors in docs/permits.md are true: of what the code makes, and for a verifier written after the document alone. */
import { createPublicKey, verify } from 'node:crypto';
import { importJWK, SignJWT, type JWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { permitVectors, type VectorAction as Action } from '@/lib/http/testing/permit-vectors';
import { actionDigest, canonicalText, sha256Hex } from '@/lib/ledger';

const { key, issuer, at, accepted, rejected } = permitVectors();

/** The private half of the key of RFC 8037, appendix A.1. */
const PRIVATE: JWK = {
  kty: 'OKP',
  crv: 'Ed25519',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
};

const jsonOf = (part = '') =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;

/** The steps of the document, without our libraries for tokens. @returns the step that refuses */
function refusalOf(token: string, action: Action): string | undefined {
  const [header, payload, signature = ''] = token.split('.');
  const { alg, typ, kid } = jsonOf(header);
  if (alg !== 'EdDSA') return 'algorithm';
  if (typ !== 'belay-permit+jwt') return 'type';
  const publicKey = createPublicKey({ key, format: 'jwk' });
  const signed = Buffer.from(`${header}.${payload}`);
  const signatureHolds = verify(null, signed, publicKey, Buffer.from(signature, 'base64url'));
  if (kid !== key.kid || !signatureHolds) return 'signature';
  const claims = jsonOf(payload);
  if (claims['iss'] !== issuer) return 'issuer';
  if (Number(claims['exp']) <= at) return 'expired';
  if (claims['sub'] !== action.agent) return 'subject';
  const digest = sha256Hex(canonicalText({ domain: 'belay.action.v1', ...action }));
  return digest === claims['digest'] ? undefined : 'digest';
}

describe('the vectors of docs/permits.md', () => {
  it('are several of both kinds, with every step that can refuse', () => {
    expect(accepted.length).toBeGreaterThan(1);
    expect(new Set(rejected.map(({ why }) => why))).toEqual(
      new Set(['algorithm', 'type', 'signature', 'issuer', 'expired', 'subject', 'digest']),
    );
  });

  it.each(accepted)('accept $name, with its bytes and digest', ({ action, ...vector }) => {
    expect(canonicalText({ domain: 'belay.action.v1', ...action })).toBe(vector.canonical);
    expect(sha256Hex(vector.canonical)).toBe(vector.digest);
    expect(actionDigest(action)).toBe(vector.digest);
    expect(refusalOf(vector.token, action)).toBeUndefined();
  });

  it.each(rejected)('refuse $name', ({ why, action, token }) => {
    expect(refusalOf(token, action)).toBe(why);
  });

  it.each(accepted)('have the token that signing gives: $name', async ({ token, digest }) => {
    const [, payload] = token.split('.');
    const { decision, sub, jti, exp } = z
      .object({ decision: z.string(), sub: z.string(), jti: z.string(), exp: z.int() })
      .parse(jsonOf(payload));
    const again = await new SignJWT({ decision, digest })
      .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'belay-permit+jwt' })
      .setIssuer(issuer)
      .setSubject(sub)
      .setJti(jti)
      .setExpirationTime(exp)
      .sign(await importJWK(PRIVATE, 'EdDSA'));
    expect(again).toBe(token);
  });
});
