/** next-auth's configuration. It runs the sign-in protocols; whether a login still counts is asked of the database. */
import { decodeJwt } from 'jose';
import type { LoggerInstance, NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { z } from 'zod';
import { isDatabaseUnavailable } from '@/lib/db';
import { env } from '@/lib/env';
import { knownBrowserOf } from './known-browser';
import type { SignInMethod } from './logins';
import { BUSY_SECONDS, PasswordsBusy } from './password-turns';
import { LOGIN_SECONDS, sessionSecret, usesHttps } from './session-cookie';
import { signInWithOidc, signInWithPassword, SignInThrottled, type OidcIdentity } from './sign-in';

const OIDC_PROVIDER = 'oidc';

/** Who keeps logins and writes down what happens to them: the services, which this room does not know. */
export interface LoginBook {
  readonly open: (personId: string, method: SignInMethod, now: Date) => Promise<string>;
  readonly close: (loginId: string, now: Date) => Promise<void>;
  /** A wrong password for this person. Does not wait until it is written, and never throws. */
  readonly failed: (personId: string, now: Date) => void;
}

const credentialsSchema = z.object({
  email: z
    .string()
    .max(320)
    .regex(/^[^\p{Cc}]*$/u),
  password: z.string().max(200),
});

function passwordProvider(book: LoginBook) {
  return Credentials({
    id: 'credentials',
    name: 'E-mail and password',
    credentials: { email: { type: 'email' }, password: { type: 'password' } },
    async authorize(given, request) {
      const parsed = credentialsSchema.safeParse(given);
      if (!parsed.success) return null;
      const cookies: unknown = request.headers?.['cookie'];
      const browser = knownBrowserOf(
        typeof cookies === 'string' ? cookies : null,
        parsed.data.email,
      );
      const now = new Date();
      const tried = await signInWithPassword({ ...parsed.data, browser }, now).catch(
        (error: unknown) => {
          throw shown(error);
        },
      );
      if ('personId' in tried) return { id: tried.personId };
      // Not awaited: an address that is somebody's must not take longer.
      if (tried.failedFor !== undefined) book.failed(tried.failedFor, now);
      return null;
    },
  });
}

/**
 * next-auth puts the message of an error into the address, where anybody can write what they like: codes go there, with the
 * seconds to wait, and never a sentence. `lib/client/sign-in.ts` has the words.
 */
function shown(error: unknown): Error {
  if (error instanceof SignInThrottled) return new Error(`Throttled.${error.waitSeconds}`);
  if (error instanceof PasswordsBusy) return new Error(`Busy.${BUSY_SECONDS}`);
  if (isDatabaseUnavailable(error)) return new Error('DatabaseUnavailable');
  return new Error('Callback', { cause: error });
}

const profileSchema = z.object({
  sub: z.string(),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
});
type OidcProfile = z.infer<typeof profileSchema>;

interface UserinfoClient {
  readonly userinfo: (accessToken: string) => Promise<OidcProfile>;
}

/**
 * What the provider says about a person. The address stands in the ID token, which is verified already, or only in the
 * userinfo answer: that is the provider's choice (OpenID Connect Core 5.4).
 */
async function profileOf(
  client: UserinfoClient,
  tokens: { id_token?: string; access_token?: string },
): Promise<OidcProfile> {
  const claims = profileSchema.parse(decodeJwt(tokens.id_token ?? ''));
  if (claims.email !== undefined || tokens.access_token === undefined) return claims;
  const told = profileSchema.parse(await client.userinfo(tokens.access_token));
  if (told.sub !== claims.sub)
    throw new Error('The identity provider answered about somebody else.');
  return told;
}

function oidcProviders(): OAuthConfig<OidcProfile>[] {
  const { oidc } = env();
  if (oidc === undefined) return [];
  return [
    {
      id: OIDC_PROVIDER,
      name: 'Single sign-on',
      type: 'oauth',
      wellKnown: `${oidc.issuer}/.well-known/openid-configuration`,
      issuer: oidc.issuer,
      clientId: oidc.clientId,
      clientSecret: oidc.clientSecret,
      authorization: { params: { scope: 'openid email profile' } },
      idToken: true,
      checks: ['pkce', 'state', 'nonce'],
      userinfo: { request: ({ client, tokens }) => profileOf(client, tokens) },
      profile: (profile) => ({ id: profile.sub }),
    },
  ];
}

function identityOf(profile: unknown): OidcIdentity | undefined {
  const parsed = profileSchema.safeParse(profile);
  const issuer = env().oidc?.issuer;
  if (!parsed.success || issuer === undefined) return undefined;
  const { sub: subject, email, email_verified: verified } = parsed.data;
  return { issuer, subject, email, emailVerified: verified === true };
}

function callbacksWith(book: LoginBook): NextAuthOptions['callbacks'] {
  return {
    async signIn({ account, profile }) {
      if (account?.type === 'credentials') return true;
      const identity = identityOf(profile);
      const result =
        identity === undefined ? undefined : await signInWithOidc(identity, new Date());
      if (result === undefined) return '/sign-in?error=AccessDenied';
      return 'personId' in result ? true : `/sign-in?error=${result.refused}`;
    },
    async jwt({ token, user, account, profile }) {
      // Only a sign-in has an account; afterwards the token stays as it is.
      if (account === null || account === undefined) return token;
      const now = new Date();
      const byPassword = account.type === 'credentials';
      const personId = byPassword ? user.id : await personOfIdentity(identityOf(profile), now);
      const method = byPassword ? 'password' : 'identity provider';
      return { sub: personId, login: await book.open(personId, method, now) };
    },
    // The console asks `GET /api/v1/me`; this answer says nothing that could be stale.
    session: ({ session }) => ({ expires: session.expires }),
  };
}

async function personOfIdentity(identity: OidcIdentity | undefined, now: Date): Promise<string> {
  const result = identity === undefined ? undefined : await signInWithOidc(identity, now);
  if (result !== undefined && 'personId' in result) return result.personId;
  throw new Error('The identity was refused between two steps of one sign-in.');
}

/** Made on first use, so that a build needs no settings. */
export function nextAuthOptions(book: LoginBook, logger: Partial<LoggerInstance>): NextAuthOptions {
  return {
    providers: [passwordProvider(book), ...oidcProviders()],
    secret: sessionSecret(),
    session: { strategy: 'jwt', maxAge: LOGIN_SECONDS },
    useSecureCookies: usesHttps(),
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    callbacks: callbacksWith(book),
    events: {
      async signOut({ token }) {
        if (typeof token?.['login'] === 'string') await book.close(token['login'], new Date());
      },
    },
    logger,
  };
}
