import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { issuer } from './issuer';
import { signPermit } from './permit-token';
import { publicKeySet } from './signing-keys';

const CLAIMS = {
  permitId: '0199b3c4-7f1a-7d2e-8a3b-ffeeddccbbaa',
  decisionId: '0199b3c4-7f1a-7d2e-8a3b-ffeeddccbbab',
  agentId: '0199b3c4-7f1a-7d2e-8a3b-ffeeddccbbac',
  digest: 'ab'.repeat(32),
  expiresAt: Date.parse('2026-11-22T08:00:00.900Z'),
};
const before = { currentDate: new Date('2026-11-22T07:59:59Z') };

describe('a permit', () => {
  it('can be checked by another library, with the published keys alone', async () => {
    const { token, expiresAt } = await signPermit(CLAIMS);
    const keys = createLocalJWKSet(await publicKeySet());
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      ...before,
      issuer: issuer(),
    });
    expect(payload).toEqual({
      iss: issuer(),
      sub: CLAIMS.agentId,
      jti: CLAIMS.permitId,
      decision: CLAIMS.decisionId,
      digest: CLAIMS.digest,
      exp: Date.parse('2026-11-22T08:00:00Z') / 1000,
    });
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', typ: 'belay-permit+jwt' });
    expect(expiresAt).toBe('2026-11-22T08:00:00.900Z');
  });

  it('is refused with one changed character', async () => {
    const { token } = await signPermit(CLAIMS);
    const [header = '', payload = '', signature = ''] = token.split('.');
    const other = Buffer.from(
      Buffer.from(payload, 'base64url').toString().replace('"digest":"ab', '"digest":"ac'),
    ).toString('base64url');
    const keys = createLocalJWKSet(await publicKeySet());
    await expect(jwtVerify(`${header}.${other}.${signature}`, keys, before)).rejects.toThrow(
      'signature',
    );
  });
});
