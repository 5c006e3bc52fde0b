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

/** Ends the login on the server, then shows the sign-in page. */
export async function signOut(): Promise<void> {
  await Promise.allSettled([
    postToLogin('/api/auth/signout', { callbackUrl: '/sign-in' }),
    import('./notices').then(({ endNotices }) => endNotices()),
  ]);
  window.location.replace(new URL('/sign-in', window.location.origin));
}
