import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { knownBrowserCookie } from '@/lib/auth/known-browser';
import { nextAuthOptions, type LoginBook } from '@/lib/auth/next-auth';
import { sessionCookieName } from '@/lib/auth/session-cookie';
import { changeEnvironment, env } from '@/lib/env';
import { logError } from '@/lib/http/log';
import type { RouteContext } from '@/lib/http/handler';
import { closeLogin } from '@/lib/services/logins/close';
import { noteFailedSignIn } from '@/lib/services/logins/note-failure';
import { openLogin } from '@/lib/services/logins/open';

type SignInHandler = (request: NextRequest, context: RouteContext) => Promise<Response>;

let handler: SignInHandler | undefined;

/** Sign-in, sign-out and their callbacks. next-auth reads the console's address from its own variable. */
export async function nextAuth(request: NextRequest, context: RouteContext): Promise<Response> {
  handler ??= createHandler();
  const email = isPasswordSignIn(request) ? await emailIn(request.clone()) : undefined;
  const response = await handler(request, context);
  if (email !== undefined && signsIn(response))
    response.headers.append('set-cookie', knownBrowserCookie(email));
  return response;
}

const isPasswordSignIn = (request: Request): boolean =>
  request.method === 'POST' && new URL(request.url).pathname.endsWith('/callback/credentials');

/** The address that was typed. Of several, next-auth takes the last: a browser must not become known for another of them. */
async function emailIn(request: Request): Promise<string | undefined> {
  const form = await request.formData().catch(() => undefined);
  const [email, ...others] = form?.getAll('email') ?? [];
  return typeof email === 'string' && others.length === 0 ? email : undefined;
}

/** next-auth answers 200 to a wrong password too; only who is in gets the cookie of a login. */
const signsIn = (response: Response): boolean =>
  response.headers
    .getSetCookie()
    .some((cookie) => new RegExp(`^${sessionCookieName()}=[^;]`).test(cookie));

const book: LoginBook = {
  open: openLogin,
  close: closeLogin,
  failed: (personId, now) =>
    void noteFailedSignIn(personId, now).catch((error: unknown) =>
      logError('a failed sign-in could not be noted', { error }),
    ),
};

function createHandler(): SignInHandler {
  changeEnvironment({ NEXTAUTH_URL: env().url });
  return NextAuth(
    nextAuthOptions(book, {
      error: (code, details) =>
        logError('sign-in failed', {
          code,
          error: details instanceof Error ? details : details.error,
        }),
      warn: () => undefined,
      debug: () => undefined,
    }),
  ) as SignInHandler;
}
