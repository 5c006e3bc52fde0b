/** The examples of CAEP 1.0 (openid/sharedsignals), about subjects that stand for agents of ours. */
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { identityIssuerInputSchema } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { env } from '@/lib/env';
import { makeFleet, type Fleet } from '@/lib/http/testing/fleet';
import { startPlane, type Plane } from '@/lib/http/plane/server';
import { addIdentityIssuer } from '@/lib/services/agents/external/issuers';

const ISSUER = 'https://idp.example.com/123456789/';
const SUBJECT = '99beb27c-c1c2-4955-882a-e0dc4996fcbc';
const TYPE = 'https://schemas.openid.net/secevent/caep/event-type/';

let fleet: Fleet;
let plane: Plane;
let key: CryptoKey;
let jwk: JWK;

beforeAll(async () => {
  plane = await startPlane(0);
  const pair = await generateKeyPair('ES256', { extractable: true });
  key = pair.privateKey;
  jwk = { ...(await exportJWK(pair.publicKey)), kid: 'idp' };
});
afterAll(() => plane.close());
beforeEach(async () => {
  fleet = await makeFleet();
  await believe(fleet);
});

const believe = (whose: Fleet, subjects = [{ subject: SUBJECT, agentId: whose.agentId }]) =>
  addIdentityIssuer(
    { ...whose.workspace.as('admin'), now: new Date() },
    identityIssuerInputSchema.parse({
      kind: 'oidc',
      name: 'The provider',
      issuer: ISSUER,
      jwks: { keys: [jwk] },
      algorithms: ['ES256'],
      subjects,
    }),
  );

const user = { format: 'iss_sub', iss: ISSUER, sub: SUBJECT };
const claimsOf = (event: string, body: object, changes: object = {}) => ({
  iss: ISSUER,
  jti: newId(),
  iat: Math.floor(Date.now() / 1000),
  aud: `${env().url}/api/v1/intake/caep`,
  txn: 8675309,
  sub_id: { format: 'complex', user, tenant: { format: 'opaque', id: '123456789' } },
  events: { [`${TYPE}${event}`]: { event_timestamp: 1615304991643, ...body } },
  ...changes,
});
const sign = (claims: object, header: object = {}, by: CryptoKey | Uint8Array = key) =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'secevent+jwt', kid: 'idp', ...header })
    .sign(by);
async function push(
  token: string,
  apiKey = fleet.key('analyst'),
  type = 'application/secevent+jwt',
) {
  const answer = await fetch(`http://localhost:${plane.port}/api/v1/intake/caep`, {
    method: 'POST',
    body: token,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': type },
  });
  const text = await answer.text();
  return text === ''
    ? String(answer.status)
    : `${answer.status} ${(JSON.parse(text) as { err: string }).err}`;
}
const signals = () =>
  sql<{ kind: string; magnitude: number }>(
    `SELECT kind, magnitude FROM signals WHERE workspace_id = $1 AND agent_id = $2 AND source LIKE '%idp.example.com%' ORDER BY id`,
    [fleet.workspace.id, fleet.agentId],
  );

describe('an event of an identity provider', () => {
  it.each([
    [
      'session-revoked',
      { initiating_entity: 'policy' },
      [{ kind: 'identity.session_revoked', magnitude: 1 }],
    ],
    [
      'credential-change',
      { credential_type: 'fido2-roaming', change_type: 'create' },
      [{ kind: 'identity.rotated', magnitude: 1 }],
    ],
    [
      'credential-change',
      { credential_type: 'x509', change_type: 'revoke' },
      [{ kind: 'identity.credential_revoked', magnitude: 1 }],
    ],
    [
      'risk-level-change',
      { principal: 'USER', current_level: 'MEDIUM' },
      [{ kind: 'identity.risk_raised', magnitude: 0.4 }],
    ],
    ['risk-level-change', { principal: 'USER', current_level: 'LOW' }, []],
    ['device-compliance-change', { current_status: 'not-compliant' }, []],
  ])('%s %o is about the agent that its subject stands for', async (event, body, expected) => {
    expect(await push(await sign(claimsOf(event, body)))).toBe('202');
    expect(await signals()).toEqual(expected);
  });

  it('counts once, however often it is pushed', async () => {
    const token = await sign(claimsOf('session-revoked', {}));
    for (let n = 0; n < 3; n += 1) expect(await push(token)).toBe('202');
    expect(await signals()).toHaveLength(1);
  });

  it('is taken and says nothing about subjects of nobody, or of another issuer', async () => {
    for (const sub_id of [
      { ...user, sub: 'nobody' },
      { ...user, iss: 'https://another.example' },
      { format: 'opaque', id: 'dMTlD|1600802906337.16|16008.16' },
    ])
      expect(await push(await sign(claimsOf('session-revoked', {}, { sub_id })))).toBe('202');
    expect(await signals()).toEqual([]);
  });

  it('is refused where the token does not hold, in the words of RFC 8935', async () => {
    const claims = claimsOf('session-revoked', {});
    const { privateKey: foreign } = await generateKeyPair('ES256');
    const unsigned = new UnsecuredJWT(claims).encode();
    const [, payload = ''] = unsigned.split('.');
    const none = Buffer.from('{"alg":"none","typ":"secevent+jwt"}').toString('base64url');
    const shared = new TextEncoder().encode(JSON.stringify(jwk));
    const tokens: [string, string][] = [
      [await sign(claims, {}, foreign), '400 authentication_failed'],
      [`${none}.${payload}.`, '400 invalid_key'],
      [await sign(claims, { alg: 'HS256' }, shared), '400 invalid_key'],
      [await sign(claims, { typ: 'JWT' }), '400 invalid_request'],
      [await sign(claims, { jwk }), '400 invalid_request'],
      [await sign({ ...claims, iss: 'https://another.example' }), '400 invalid_issuer'],
      [await sign({ ...claims, aud: 'https://sp.example.com/caep' }), '400 invalid_audience'],
      [await sign({ ...claims, iat: 1615305159 }), '400 invalid_request'],
      [await sign({ ...claims, jti: undefined }), '400 invalid_request'],
      [await sign({ ...claims, jti: 'a\u0000b' }), '400 invalid_request'],
      [await sign({ ...claims, events: 7 }), '400 invalid_request'],
      [await sign({ ...claims, exp: 1615305159 }), '400 authentication_failed'],
      ['nonsense', '400 invalid_request'],
      ['a'.repeat(33 * 1024), '413 invalid_request'],
    ];
    for (const [token, expected] of tokens) expect(await push(token)).toBe(expected);
    const good = await sign(claims);
    expect(await push(good, fleet.key('viewer'))).toBe('403 access_denied');
    expect(await push(good, 'nobody')).toBe('401 authentication_failed');
    expect(await push(good, undefined, 'application/json')).toBe('400 invalid_request');
    expect(await signals()).toEqual([]);
  });

  it('reaches no agent of another workspace', async () => {
    const stranger = await makeFleet();
    const token = await sign(claimsOf('session-revoked', {}));
    expect(await push(token, stranger.key('analyst'))).toBe('400 invalid_issuer');
    await believe(stranger, []);
    expect(await push(token, stranger.key('analyst'))).toBe('202');
    expect(await signals()).toEqual([]);
  });
});
