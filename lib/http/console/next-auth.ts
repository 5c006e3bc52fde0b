import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { nextAuthOptions } from '@/lib/auth/next-auth';
import { changeEnvironment, env } from '@/lib/env';
import { logError } from '@/lib/http/log';
import type { RouteContext } from '@/lib/http/handler';

type SignInHandler = (request: NextRequest, context: RouteContext) => Promise<Response>;

let handler: SignInHandler | undefined;

/** Sign-in, sign-out and their callbacks. next-auth reads the console's address from its own variable. */
export function nextAuth(request: NextRequest, context: RouteContext): Promise<Response> {
  handler ??= createHandler();
  return handler(request, context);
}

function createHandler(): SignInHandler {
  changeEnvironment({ NEXTAUTH_URL: env().url });
  return NextAuth(
    nextAuthOptions({
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
