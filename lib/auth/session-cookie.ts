/** The cookie of a console login. It carries two ids, encrypted; the database row decides whether they still count. */
import { decode } from 'next-auth/jwt';
import { z } from 'zod';
import { env } from '@/lib/env';
import { deriveKey } from '@/lib/env/secret';

/** How long a login lasts, in seconds. */
export const LOGIN_SECONDS = 12 * 60 * 60;

export function usesHttps(): boolean {
  return env().url.startsWith('https://');
}

export function sessionCookieName(): string {
  return usesHttps() ? '__Secure-next-auth.session-token' : 'next-auth.session-token';
}

let secret: string | undefined;

/** The secret next-auth encrypts with; the same for every process of an installation. */
export function sessionSecret(): string {
  secret ??= deriveKey('session').toString('base64url');
  return secret;
}

const claimsSchema = z.object({ sub: z.uuid(), login: z.uuid() });

export interface LoginClaims {
  readonly personId: string;
  readonly loginId: string;
}

/** The ids in a session cookie, or nothing when it is absent, expired, forged or from another installation. */
export async function readSessionCookie(
  value: string | undefined,
): Promise<LoginClaims | undefined> {
  if (value === undefined || value === '') return undefined;
  try {
    const claims = claimsSchema.safeParse(await decode({ token: value, secret: sessionSecret() }));
    return claims.success ? { personId: claims.data.sub, loginId: claims.data.login } : undefined;
  } catch {
    return undefined;
  }
}

/** The value of the session cookie in a `Cookie` header. */
export function sessionCookieOf(header: string | null): string | undefined {
  const prefix = `${sessionCookieName()}=`;
  const pair = header?.split(/;\s*/).find((part) => part.startsWith(prefix));
  return pair?.slice(prefix.length);
}
