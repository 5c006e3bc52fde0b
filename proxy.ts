/**
 * Runs before every page: sends visitors without a cookie to sign in, and gives each page a policy of its own for scripts. Who
 * may see what is decided by pages and services.
 */
import { NextResponse, type NextRequest } from 'next/server';
import { pagePolicy } from '@/lib/http/page-policy';

const SESSION_COOKIES = ['next-auth.session-token', '__Secure-next-auth.session-token'];

export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const path = `${pathname}${search}`;
  const signedIn = SESSION_COOKIES.some((name) => request.cookies.has(name));
  if (!signedIn && pathname !== '/sign-in') {
    const url = new URL('/sign-in', request.url);
    if (path !== '/') url.searchParams.set('next', path);
    return NextResponse.redirect(url);
  }
  const headers = new Headers(request.headers);
  headers.set('x-belay-path', path);
  // Next reads the nonce from the request and puts it on every script it writes.
  const policy = pagePolicy(crypto.randomUUID().replaceAll('-', ''));
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

// Pages only: everything else authenticates by itself.
export const config = {
  matcher: [
    '/((?!api/|oauth/|access/|v1/|metrics$|push-worker\\.js$|\\.well-known/|_next/|.*\\.(?:ico|png|svg|txt|webmanifest|woff2)$).*)',
  ],
};
