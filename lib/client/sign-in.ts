/** Signing in, through next-auth's own endpoints. */
import { counted, t, texts } from './language';
import { postToLogin } from './sign-out';

export type SignInResult = { ok: true } | { ok: false; message: string };

const MESSAGES = texts({
  CredentialsSignin: 'This e-mail address and password do not match. Check both and try again.',
  AccessDenied: 'The identity provider did not let you in. Ask your administrator.',
  not_invited:
    'Nobody has invited this account yet. Ask an administrator of the workspace to add your e-mail address.',
  email_not_verified:
    'The identity provider has not verified your e-mail address. Verify it there, then sign in again.',
  disabled: 'This account is disabled. Ask an administrator of the workspace.',
  OAuthSignin: 'The identity provider could not be reached. Try again, or sign in with a password.',
  OAuthCallback: 'The identity provider ended the sign-in. Start again.',
  Callback: 'The sign-in could not be completed. Start again.',
  SessionRequired: 'Sign in to go on.',
  Throttled: 'Too many failed sign-ins for this address.',
  Busy: 'Too many people sign in right now.',
  DatabaseUnavailable: 'The database cannot be reached right now. Try again in a few seconds.',
});

/**
 * Words for what the address says about a sign-in: a code, and with a dot the seconds to wait. Anybody can write an address, so
 * nothing of it is shown but that number.
 *
 * @example signInMessage('Throttled.15') // 'Too many failed sign-ins for this address. Try again in 15 seconds.'
 */
export function signInMessage(shown: string): string {
  const [, code = '', seconds] = /^([A-Za-z_]+)(?:\.(\d{1,4}))?$/.exec(shown) ?? [];
  if (!isMessage(code)) return t('The sign-in did not work. Try again.');
  const message = MESSAGES[code];
  return seconds === undefined ? message : `${message} ${againIn(Number(seconds))}`;
}

const isMessage = (code: string): code is keyof typeof MESSAGES => Object.hasOwn(MESSAGES, code);

function againIn(seconds: number): string {
  if (seconds < 90)
    return counted(seconds, 'Try again in {count} second.', 'Try again in {count} seconds.');
  const minutes = Math.ceil(seconds / 60);
  return counted(minutes, 'Try again in {count} minute.', 'Try again in {count} minutes.');
}

/** Signs in with an e-mail address and a password. Does not move the page. */
export async function signInWithPassword(email: string, password: string): Promise<SignInResult> {
  try {
    const response = await postToLogin('/api/auth/callback/credentials', {
      email,
      password,
      callbackUrl: '/',
    });
    const body = (await response.json().catch(() => ({}))) as { url?: string };
    const error = new URL(body.url ?? '/', window.location.origin).searchParams.get('error');
    if (response.ok && !error) return { ok: true };
    return { ok: false, message: signInMessage(error ?? 'Callback') };
  } catch {
    return {
      ok: false,
      message: t('The server did not answer. Check that it runs, then try again.'),
    };
  }
}

/** Leaves for the identity provider. */
export async function signInWithProvider(provider: string, next: string): Promise<void> {
  const response = await postToLogin(`/api/auth/signin/${provider}`, { callbackUrl: next });
  const body = (await response.json()) as { url: string };
  window.location.assign(body.url);
}

/** Where to go after signing in: only a path of this console. */
export function safeNext(next: string | null | undefined): string {
  if (!next || !next.startsWith('/') || /^\/[/\\]/.test(next) || next.startsWith('/sign-in'))
    return '/';
  return next;
}
