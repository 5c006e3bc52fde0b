/** What a cookie that somebody else got hold of must not be enough for. Pure. */
import { DomainError } from '@/lib/contracts';
import type { PersonActor } from './actor';

/** How old a sign-in may be, in minutes. */
const RECENT_MINUTES = 15;

/**
 * Asks for a sign-in of the last minutes before what would outlast a stolen cookie, or take a limit away.
 *
 * @param what the beginning of the sentence that refuses, such as "Passkeys are changed"
 * @throws DomainError 403 `recent_sign_in_needed`
 */
export function requireRecentSignIn(actor: PersonActor, now: Date, what: string): void {
  const since = now.getTime() - RECENT_MINUTES * 60_000;
  if (actor.signedInAt !== null && actor.signedInAt.getTime() > since) return;
  throw new DomainError(
    'forbidden',
    'recent_sign_in_needed',
    `${what} within ${RECENT_MINUTES} minutes of signing in. Sign out and in again, then come back.`,
  );
}
