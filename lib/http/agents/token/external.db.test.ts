import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeJwt, exportSPKI, generateKeyPair, importJWK, type CryptoKey } from 'jose';
import {
  GRANT_TYPES,
  identityIssuerInputSchema,
  SPIFFE_ASSERTION_TYPE,
  TOKEN_TYPES,
  CLIENT_ASSERTION_TYPE,
  type IdentityIssuer,
} from '@/lib/contracts';
import { changeEnvironment } from '@/lib/env';
import { makeTrustDomain, signed, startIssuer, type TestIssuer } from '@/lib/http/testing/issuer';
import {
  askToken,
  makeSigningAgent,
  ORIGIN,
  seconds,
  type SigningAgent,
  type TokenAnswer,
} from '@/lib/http/testing/signing-agents';
import {
  addIdentityIssuer,
  addIdentitySubject,
  listIdentityIssuers,
  removeIdentityIssuer,
  removeIdentitySubject,
} from '@/lib/services/agents/external/issuers';
import {
  ledgerKinds,
  makeTool,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';

let workspace: TestWorkspace;
let agent: SigningAgent;
let other: SigningAgent;
let provider: TestIssuer;
let configured: IdentityIssuer;

const DOMAIN = 'spiffe://fleet.example';
let domain: Awaited<ReturnType<typeof makeTrustDomain>>;

const admin = (of = workspace) => of.as('admin');
const add = (input: Parameters<typeof identityIssuerInputSchema.parse>[0], of = workspace) =>
  addIdentityIssuer(admin(of), identityIssuerInputSchema.parse(input));
const refusal = (name: string) => expect.objectContaining({ code: name }) as unknown;

beforeAll(async () => {
  changeEnvironment({ BELAY_PRIVATE_TARGETS: '1' });
  workspace = await makeWorkspace();
  await makeTool(workspace, 'note.read');
  agent = await makeSigningAgent(workspace, { name: 'federated' });
  other = await makeSigningAgent(workspace, { name: 'other' });
  provider = await startIssuer(['workload', 'stranger']);
  domain = await makeTrustDomain(DOMAIN);
  configured = await add({
    kind: 'oidc',
    name: 'Company IdP',
    issuer: provider.issuer,
    jwksUrl: provider.jwksUrl,
    subjects: [{ subject: 'workload', agentId: agent.id }],
  });
  await add({
    kind: 'spiffe',
    name: 'Fleet',
    issuer: DOMAIN,
    jwks: domain.bundle,
    subjects: [{ subject: `${DOMAIN}/crm`, agentId: agent.id }],
  });
});
afterAll(() => provider.stop());

const bearer = (assertion: string, clientId = agent.id) =>
  askToken({ grant_type: GRANT_TYPES.jwtBearer, assertion, client_id: clientId });
const codeOf = async (answer: Promise<TokenAnswer>) => {
  const { status, body } = await answer;
  return status === 200 ? 'in' : `${status} ${body['code']}`;
};
const tokenOf = async (answer: Promise<TokenAnswer>) => {
  const { body } = await answer;
  if (typeof body['access_token'] !== 'string') throw new Error(JSON.stringify(body));
  return body['access_token'];
};

describe('an identity of an OpenID provider', () => {
  it('is exchanged for a token of the agent it stands for', async () => {
    const token = await tokenOf(bearer(await provider.token('workload')));
    expect(await agent.may(token, 'note.read')).toBe('allow');
    expect(decodeJwt(token)).toMatchObject({ sub: agent.id });
  });

  it('signs an agent in as its client assertion', async () => {
    const form = {
      grant_type: GRANT_TYPES.clientCredentials,
      client_assertion_type: CLIENT_ASSERTION_TYPE,
      client_assertion: await provider.token('workload'),
    };
    expect(await codeOf(askToken({ ...form, client_id: agent.id }))).toBe('in');
    expect(await codeOf(askToken(form))).toBe('401 client_id_missing');
  });

  it('is acted for by another agent', async () => {
    const subject = await provider.token('workload');
    const token = await other.actFor(subject, { subject_token_type: TOKEN_TYPES.jwt });
    expect(decodeJwt(token)).toMatchObject({ sub: agent.id, act: { sub: other.id } });
    expect(await other.may(token, 'note.read')).toBe('allow');
  });

  it('stands for one agent alone, and in its workspace alone', async () => {
    expect(await codeOf(bearer(await provider.token('workload'), other.id))).toBe(
      '400 unknown_identity',
    );
    expect(await codeOf(bearer(await provider.token('stranger')))).toBe('400 unknown_identity');
    const elsewhere = await makeSigningAgent(await makeWorkspace());
    expect(await codeOf(bearer(await provider.token('workload'), elsewhere.id))).toBe(
      '400 unknown_identity',
    );
    const foreign = elsewhere.exchange(await provider.token('workload'), {
      subject_token_type: TOKEN_TYPES.jwt,
    });
    expect(await codeOf(foreign)).toBe('400 unknown_identity');
  });
});

describe('a JWT-SVID', () => {
  it('is taken with the pasted bundle of its trust domain', async () => {
    expect(await codeOf(bearer(await domain.svid('/crm')))).toBe('in');
    const form = {
      grant_type: GRANT_TYPES.clientCredentials,
      client_assertion_type: SPIFFE_ASSERTION_TYPE,
      client_assertion: await domain.svid('/crm'),
      client_id: agent.id,
    };
    expect(await codeOf(askToken(form))).toBe('in');
  });

  it('of another path, domain or bundle is refused', async () => {
    expect(await codeOf(bearer(await domain.svid('/other')))).toBe('400 unknown_identity');
    const rogue = await makeTrustDomain(DOMAIN);
    expect(await codeOf(bearer(await rogue.svid('/crm')))).toBe('400 bad_signature');
    const elsewhere = await makeTrustDomain('spiffe://rogue.example');
    expect(await codeOf(bearer(await elsewhere.svid('/crm')))).toBe('400 unknown_identity');
    // The issuer it names does not count: the trust domain stands in its subject.
    expect(await codeOf(bearer(await rogue.svid('/crm', { iss: provider.issuer })))).toBe(
      '400 bad_signature',
    );
  });
});

describe('an attack with an identity from elsewhere', () => {
  it('is told apart by what is wrong with it', async () => {
    const forge = async (claims: Record<string, unknown>, header?: Record<string, unknown>) =>
      codeOf(bearer(await provider.forge({ sub: 'workload', ...claims }, header)));
    expect(await forge({})).toBe('in');
    expect(await forge({ aud: 'https://elsewhere.example' })).toBe('400 wrong_audience');
    expect(
      await codeOf(bearer(await provider.token('workload', 'https://elsewhere.example'))),
    ).toBe('400 wrong_audience');
    expect(await forge({ exp: seconds() - 60 })).toBe('400 assertion_expired');
    expect(await forge({ exp: seconds() + 90_000 })).toBe('400 assertion_too_long');
    expect(await forge({ nbf: seconds() + 300 })).toBe('400 assertion_not_yet_valid');
    expect(await forge({ act: { sub: other.id } })).toBe('400 act_in_assertion');
    for (const name of ['jku', 'x5u'])
      expect(await forge({}, { [name]: `${provider.issuer}/jwks` }), name).toBe('400 key_in_token');
    expect(await forge({}, { jwk: { ...provider.publicJwk } })).toBe('400 key_in_token');
    expect(await forge({}, { kid: 'another' })).toBe('400 unknown_key');
  });

  it('without a signature, or with the public key as a secret, is refused', async () => {
    const claims = { iss: provider.issuer, sub: 'workload', aud: ORIGIN, exp: seconds() + 60 };
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;
    expect(await codeOf(bearer(none))).toBe('400 wrong_algorithm');
    const pem = await exportSPKI((await importJWK(provider.publicJwk, 'RS256')) as CryptoKey);
    const confused = await signed(new TextEncoder().encode(pem), claims, {
      alg: 'HS256',
      kid: 'idp',
    });
    expect(await codeOf(bearer(confused))).toBe('400 wrong_algorithm');
    const { privateKey } = await generateKeyPair('RS256');
    const foreign = await signed(privateKey, claims, { alg: 'RS256', kid: 'idp' });
    expect(await codeOf(bearer(foreign))).toBe('400 bad_signature');
  });

  it('does not make Belay ask the issuer without end', async () => {
    const before = provider.fetches();
    for (let times = 0; times < 10; times += 1)
      await bearer(await provider.forge({ sub: 'workload' }, { kid: `made-up-${times}` }));
    expect(provider.fetches() - before).toBeLessThanOrEqual(1);
  });
});

describe('an issuer that is dead, or answers with something else', () => {
  it('refuses, and never widens', async () => {
    const answers = createServer((_request, response) => response.end('{"keys": "none"}'));
    await new Promise<void>((resolve) => answers.listen(0, '127.0.0.1', resolve));
    const { port } = answers.address() as AddressInfo;
    const issuer = `http://127.0.0.1:${port}`;
    await add({
      kind: 'oidc',
      name: 'Broken',
      issuer,
      jwksUrl: `${issuer}/keys`,
      subjects: [{ subject: 'workload', agentId: agent.id }],
    });
    const token = await provider.forge({ iss: issuer, sub: 'workload' });
    expect(await codeOf(bearer(token))).toBe('400 issuer_unreachable');
    await new Promise((resolve) => answers.close(resolve));
    expect(await codeOf(bearer(token))).toBe('400 issuer_unreachable');
  });
});

describe('what is believed', () => {
  it('is for admins to say, and stands in the ledger', async () => {
    const input = identityIssuerInputSchema.parse({
      kind: 'spiffe',
      name: 'x',
      issuer: 'spiffe://x.example',
      jwks: domain.bundle,
    });
    await expect(addIdentityIssuer(workspace.as('manager'), input)).rejects.toEqual(
      refusal('forbidden'),
    );
    await expect(add({ ...input, issuer: DOMAIN })).rejects.toEqual(refusal('issuer_exists'));
    expect(await ledgerKinds(workspace.id)).toContain('identity_issuer.added');
    const { items } = await listIdentityIssuers(workspace.as('viewer'));
    expect(items.map(({ name }) => name)).toContain('Company IdP');
    expect((await listIdentityIssuers((await makeWorkspace()).as('viewer'))).items).toEqual([]);
  });

  it('is never a secret, a private key, or an address inside', async () => {
    const keys = (jwk: Record<string, unknown>) =>
      identityIssuerInputSchema.safeParse({
        kind: 'oidc',
        name: 'x',
        issuer: 'https://x.example',
        jwks: { keys: [jwk] },
      }).success;
    expect(keys({ ...provider.publicJwk })).toBe(true);
    expect(keys({ kty: 'oct', k: 'AAAA' })).toBe(false);
    expect(keys({ ...provider.publicJwk, d: 'AAAA' })).toBe(false);
    changeEnvironment({ BELAY_PRIVATE_TARGETS: '0' });
    try {
      const inside = (jwksUrl: string) =>
        add({ kind: 'oidc', name: 'x', issuer: 'https://x.example', jwksUrl });
      await expect(inside('https://127.0.0.1/keys')).rejects.toEqual(refusal('address_refused'));
      await expect(inside('https://169.254.169.254/keys')).rejects.toEqual(
        refusal('address_refused'),
      );
      await expect(inside('http://idp.example/keys')).rejects.toEqual(refusal('address_refused'));
    } finally {
      changeEnvironment({ BELAY_PRIVATE_TARGETS: '1' });
    }
  });

  it('ends at the next request when it is taken back', async () => {
    const mapped = await makeSigningAgent(workspace, { name: 'mapped' });
    const { subjects } = await addIdentitySubject(admin(), configured.id, {
      subject: 'stranger',
      agentId: mapped.id,
    });
    await expect(
      addIdentitySubject(admin(), configured.id, { subject: 'stranger', agentId: agent.id }),
    ).rejects.toEqual(refusal('subject_taken'));
    const first = await tokenOf(bearer(await provider.token('stranger'), mapped.id));
    expect(await mapped.may(first, 'note.read')).toBe('allow');
    const subject = subjects.find((one) => one.subject === 'stranger');
    await removeIdentitySubject(admin(), configured.id, subject?.id ?? '');
    expect(await mapped.may(first, 'note.read')).toBe('agent.credential_revoked');
    const second = await tokenOf(bearer(await provider.token('workload')));
    await removeIdentityIssuer(admin(), configured.id);
    expect(await agent.may(second, 'note.read')).toBe('agent.credential_revoked');
    expect(await codeOf(bearer(await provider.token('workload')))).toBe('400 unknown_identity');
    expect(await agent.may(await agent.token(), 'note.read')).toBe('allow');
  });
});
