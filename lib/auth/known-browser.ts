/**
 * A cookie that says "somebody has signed in here with this address before" (OWASP, Slow Down Online Guessing Attacks with
 * Device Cookies). It lets nobody in: it only has failures counted apart from those of strangers.
 */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '@/lib/env/secret';
import { usesHttps } from './session-cookie';

const COOKIE = 'belay-browser';
const YEAR_SECONDS = 365 * 24 * 60 * 60;
const VALUE = /^([0-9a-f-]{36})\.([\w-]{43})$/;

let key: Buffer | undefined;

/** Bound to the address: a browser one person has used is a stranger to all others. */
function sealOf(id: string, email: string): Buffer {
  key ??= deriveKey('known-browser');
  return createHmac('sha256', key).update(`${id}\n${email.trim().toLowerCase()}`).digest();
}

/** The `Set-Cookie` header after a sign-in with this address. */
export function knownBrowserCookie(email: string): string {
  const id = randomUUID();
  const value = `${id}.${sealOf(id, email).toString('base64url')}`;
  const attributes = `Max-Age=${YEAR_SECONDS}; Path=/api/auth; HttpOnly; SameSite=Lax`;
  return `${COOKIE}=${value}; ${attributes}${usesHttps() ? '; Secure' : ''}`;
}

/** The id of the browser when the address has signed in with it before, else nothing. */
export function knownBrowserOf(cookies: string | null, email: string): string | undefined {
  const pair = cookies?.split(/;\s*/).find((part) => part.startsWith(`${COOKIE}=`));
  const [, id, seal] = VALUE.exec(pair?.slice(COOKIE.length + 1) ?? '') ?? [];
  if (id === undefined || seal === undefined) return undefined;
  const given = Buffer.from(seal, 'base64url');
  const wanted = sealOf(id, email);
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? id : undefined;
}
