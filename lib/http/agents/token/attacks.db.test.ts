import { exportSPKI, generateKeyPair, importJWK, SignJWT, type CryptoKey } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { issuer } from '@/lib/auth/agents';
import { signingKey } from '@/lib/auth/agents/signing-keys';
import { CLIENT_ASSERTION_TYPE, GRANT_TYPES } from '@/lib/contracts';
import { newId } from '@/lib/db';
import { authorizationServerHandler } from '@/lib/http/agents/discovery';
import {
  askToken,
  makeSigningAgent,
  ORIGIN,
  seconds,
  type SigningAgent,
} from '@/lib/http/testing/signing-agents';
import { makeTool, makeWorkspace } from '@/lib/services/testing/fixture';

let agent: SigningAgent;
let workspaceId: string;

beforeAll(async () => {
  const workspace = await makeWorkspace();
  workspaceId = workspace.id;
  await makeTool(workspace, 'note.read');
  agent = await makeSigningAgent(workspace);
});

async function signIn(assertion: string): Promise<string> {
  const { status, body } = await askToken({
    grant_type: GRANT_TYPES.clientCredentials,
    client_assertion_type: CLIENT_ASSERTION_TYPE,
    client_assertion: assertion,
  });
  return status === 200 ? 'in' : `${status} ${body['error']} ${body['code']}`;
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = () => ({
  iss: agent.id,
  sub: agent.id,
  aud: ORIGIN,
  jti: newId(),
  exp: seconds() + 60,
});
/** A public key as the secret of a MAC: what a verifier that trusts the header would check with. */
const asSecret = async (key: CryptoKey) => new TextEncoder().encode(await exportSPKI(key));

it('is told of where it can sign in, and how', async () => {
  const response = await authorizationServerHandler(
    new Request(`${ORIGIN}/.well-known/oauth-authorization-server`),
    { params: Promise.resolve({}) },
  );
  expect(await response.json()).toMatchObject({
    grant_types_supported: Object.values(GRANT_TYPES),
    token_endpoint_auth_methods_supported: ['private_key_jwt', 'http_message_signature'],
  });
});

describe('an assertion', () => {
  it('without a signature is refused', async () => {
    expect(await signIn(`${base64({ alg: 'none' })}.${base64(claims())}.`)).toBe(
      '401 invalid_client wrong_algorithm',
    );
  });

  it('signed with the public key as a secret is refused', async () => {
    const publicKey = (await importJWK({ ...agent.publicJwk }, 'EdDSA', {
      extractable: true,
    })) as CryptoKey;
    const confused = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256' })
      .sign(await asSecret(publicKey));
    expect(await signIn(confused)).toBe('401 invalid_client wrong_algorithm');
  });

  it('that brings its key along, or says where it is, is refused', async () => {
    const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    for (const header of [
      { jku: 'https://attacker.example/keys' },
      { jwk: { ...agent.publicJwk } },
      { x5u: 'https://attacker.example/chain' },
      { x5c: ['AAAA'] },
    ]) {
      expect(await signIn(await agent.assertion({}, { key: privateKey, header }))).toBe(
        '401 invalid_client key_in_token',
      );
      expect(await signIn(await agent.assertion({}, { header }))).toBe(
        '401 invalid_client key_in_token',
      );
    }
  });

  it('of another agent’s key, of another audience, or shown twice is refused', async () => {
    const { privateKey: key } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    expect(await signIn(await agent.assertion({}, { key }))).toBe(
      '401 invalid_client bad_signature',
    );
    expect(await signIn(await agent.assertion({ aud: 'https://elsewhere.example' }))).toBe(
      '401 invalid_client wrong_audience',
    );
    const once = await agent.assertion();
    expect(await signIn(once)).toBe('in');
    expect(await signIn(once)).toBe('401 invalid_client replayed_assertion');
  });
});

describe('a token', () => {
  const forged = (header: { alg: string } & Record<string, unknown>) =>
    new SignJWT({ workspace: workspaceId })
      .setProtectedHeader({ typ: 'at+jwt', ...header })
      .setIssuer(issuer())
      .setAudience(issuer())
      .setSubject(agent.id)
      .setExpirationTime(seconds() + 60);

  it('signed with Belay’s public key as a secret, or with nothing, is refused', async () => {
    const { publicKey, publicJwk } = await signingKey();
    expect(publicKey.type).toBe('public');
    const exported = (await importJWK(publicJwk, 'EdDSA', { extractable: true })) as CryptoKey;
    const confused = await forged({ alg: 'HS256' }).sign(await asSecret(exported));
    expect(await agent.may(confused, 'note.read')).toBe('wrong_algorithm');
    const payload = { workspace: workspaceId, sub: agent.id, exp: seconds() + 60 };
    const none = `${base64({ alg: 'none', typ: 'at+jwt' })}.${base64(payload)}.`;
    expect(await agent.may(none, 'note.read')).toBe('wrong_algorithm');
  });

  it('with a key of its own is refused', async () => {
    const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    const own = await forged({ alg: 'EdDSA', jku: 'https://attacker.example/keys' }).sign(
      privateKey,
    );
    expect(await agent.may(own, 'note.read')).toBe('key_in_token');
    expect(await agent.may(await forged({ alg: 'EdDSA' }).sign(privateKey), 'note.read')).toBe(
      'invalid_token',
    );
  });

  it('of the agent itself is good after all of that', async () => {
    expect(await agent.may(await agent.token(), 'note.read')).toBe('allow');
  });
});
