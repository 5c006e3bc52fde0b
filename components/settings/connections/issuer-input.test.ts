import { describe, expect, it } from 'vitest';
import { identityIssuerInputSchema, ISSUER_ALGORITHMS } from '@/lib/contracts';
import { ALGORITHMS, issuerInput, USUAL_ALGORITHMS, type IssuerDraft } from './issuer-input';

const draft: IssuerDraft = {
  kind: 'oidc',
  name: 'Company IdP',
  issuer: 'https://idp.example',
  keysFrom: 'address',
  jwksUrl: 'https://idp.example/jwks',
  jwks: '',
  algorithms: USUAL_ALGORITHMS,
};
const KEYS = { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'C'.repeat(43) }] };

describe('the form of an issuer', () => {
  it('offers the signatures the server takes, and begins with those it begins with', () => {
    expect(ALGORITHMS).toEqual(ISSUER_ALGORITHMS);
    const { jwksUrl, issuer, kind, name } = draft;
    const usual = identityIssuerInputSchema.parse({ kind, name, issuer, jwksUrl }).algorithms;
    expect([...USUAL_ALGORITHMS].sort()).toEqual([...usual].sort());
  });

  it('sends the address of the keys or the keys, and what the server takes', () => {
    const byAddress = issuerInput(draft);
    const pasted = issuerInput({ ...draft, keysFrom: 'pasted', jwks: JSON.stringify(KEYS) });
    expect(byAddress).toEqual({ input: expect.not.objectContaining({ jwks: KEYS }) as unknown });
    expect(pasted).toEqual({ input: expect.objectContaining({ jwks: KEYS }) as unknown });
    for (const sent of [byAddress, pasted])
      expect(identityIssuerInputSchema.safeParse('input' in sent && sent.input).success).toBe(true);
  });

  it.each(['', '{', '"keys"', 'null'])('says that %j is no set of keys', (jwks) => {
    expect(issuerInput({ ...draft, keysFrom: 'pasted', jwks })).toEqual({
      field: 'jwks',
      code: 'no_json',
    });
  });

  it('wants a signature', () => {
    expect(issuerInput({ ...draft, algorithms: ['HS256'] })).toEqual({
      field: 'algorithms',
      code: 'none',
    });
  });
});
