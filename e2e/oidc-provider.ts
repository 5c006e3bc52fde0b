import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import { findFreePort } from '@/lib/db/embedded/ports';

export const OIDC_CLIENT = { id: 'belay', secret: 'a secret of the journeys' } as const;
/** Accounts whose login begins so have an address that nobody has checked. */
export const UNVERIFIED = 'unverified-';

export interface IdentityProvider {
  readonly issuer: string;
  readonly stop: () => Promise<void>;
}

/**
 * A real OpenID provider that takes any login and password. Its ID tokens carry no e-mail address:
 * that stands in the userinfo answer, as the standard has it.
 */
export async function startIdentityProvider(redirectUri: string): Promise<IdentityProvider> {
  const port = await findFreePort();
  const issuer = `http://localhost:${port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: OIDC_CLIENT.id,
        client_secret: OIDC_CLIENT.secret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['a key of the journeys'] },
    features: { devInteractions: { enabled: true } },
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'idp' }] },
    findAccount: async (_context, login) => ({
      accountId: login,
      claims: () => ({
        sub: login,
        name: login,
        email: login,
        email_verified: !login.startsWith(UNVERIFIED),
      }),
    }),
  });
  const server = createServer(provider.callback());
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return {
    issuer,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
