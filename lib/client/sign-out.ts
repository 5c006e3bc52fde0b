/** Signing out, which every page can, through next-auth's own endpoints. */

async function csrfToken(): Promise<string> {
  const response = await fetch('/api/auth/csrf', { cache: 'no-store' });
  const body = (await response.json()) as { csrfToken: string };
  return body.csrfToken;
}

/** A call of those endpoints, with the token they ask for. */
export async function postToLogin(path: string, fields: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams({ ...fields, csrfToken: await csrfToken(), json: 'true' });
  return fetch(path, { method: 'POST', body, headers: { 'x-auth-return-redirect': '1' } });
}

/**
 * Ends the login on the server, then shows the sign-in page.
 *
 * @param next where to go after signing in again, as a path of the console
 */
export async function signOut(next?: string): Promise<void> {
  await Promise.allSettled([
    postToLogin('/api/auth/signout', { callbackUrl: '/sign-in' }),
    import('./notices').then(({ endNotices }) => endNotices()),
  ]);
  const page = new URL('/sign-in', window.location.origin);
  if (next !== undefined) page.searchParams.set('next', next);
  window.location.replace(page);
}
