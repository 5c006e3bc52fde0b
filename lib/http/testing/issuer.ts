/** A real OpenID provider whose clients get tokens for Belay, and a SPIFFE trust domain of our own. */
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import Provider from 'oidc-provider';
import { findFreePort } from '@/lib/db/embedded/ports';
import { ORIGIN, seconds } from './signing-agents';

export interface TestIssuer {
  readonly issuer: string;
  readonly jwksUrl: string;
  /** A token for Belay, or for another audience. */
  readonly token: (clientId: string, audience?: string) => Promise<string>;
  /** A token signed with the provider's own key, with whatever claims. */
  readonly forge: (
    claims: Record<string, unknown>,
    header?: Record<string, unknown>,
  ) => Promise<string>;
  readonly publicJwk: JWK;
  /** How often its keys were fetched. */
  readonly fetches: () => number;
  readonly stop: () => Promise<void>;
}

const SECRET = 'a secret of the tests';

/** The provider itself: its clients get tokens for whatever audience they ask. */
function providerOf(issuer: string, clients: readonly string[], key: object): Provider {
  const resources = (audience: string) => ({
    scope: '',
    audience,
    accessTokenTTL: 120,
    accessTokenFormat: 'jwt' as const,
    jwt: { sign: { alg: 'RS256' as const } },
  });
  return new Provider(issuer, {
    clients: clients.map((id) => ({
      client_id: id,
      client_secret: SECRET,
      redirect_uris: [],
      response_types: [],
      grant_types: ['client_credentials'],
    })),
    jwks: { keys: [key] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, resource) => resources(resource),
      },
    },
  });
}

export async function startIssuer(clients: readonly string[]): Promise<TestIssuer> {
  const port = await findFreePort();
  const issuer = `http://localhost:${port}`;
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'idp' };
  let fetches = 0;
  const answer = providerOf(issuer, clients, key).callback();
  const server = createServer((request, response) => {
    if (request.url === '/jwks') fetches += 1;
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return {
    issuer,
    jwksUrl: `${issuer}/jwks`,
    publicJwk: await exportJWK(publicKey),
    fetches: () => fetches,
    token: async (clientId, audience = ORIGIN) => {
      const response = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${clientId}:${encodeURIComponent(SECRET)}`)}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', resource: audience }),
      });
      const body = (await response.json()) as { access_token?: string };
      if (body.access_token === undefined) throw new Error(JSON.stringify(body));
      return body.access_token;
    },
    forge: (claims, header = {}) =>
      signed(
        privateKey,
        { iss: issuer, aud: ORIGIN, ...claims },
        { alg: 'RS256', kid: 'idp', ...header },
      ),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function signed(
  key: CryptoKey | Uint8Array,
  claims: Record<string, unknown>,
  header: { alg: string } & Record<string, unknown>,
): Promise<string> {
  return new SignJWT({ iat: seconds(), exp: seconds() + 60, ...claims })
    .setProtectedHeader(header)
    .sign(key);
}

/** The keys of a trust domain, and JWT-SVIDs signed with them. */
export async function makeTrustDomain(name: string) {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bundle-1', use: 'jwt-svid' };
  return {
    name,
    bundle: { keys: [jwk], spiffe_sequence: 1 },
    svid: (path: string, claims: Record<string, unknown> = {}) =>
      signed(
        privateKey,
        { sub: `${name}${path}`, aud: [ORIGIN], ...claims },
        { alg: 'ES256', kid: 'bundle-1', typ: 'JWT' },
      ),
  };
}
