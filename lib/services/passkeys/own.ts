/** Who may look after passkeys: the person they belong to, and for a change somebody who has signed in just now. */
import { requireRecentSignIn, type ConsoleActor, type PersonActor } from '@/lib/auth';
import { DomainError } from '@/lib/contracts';

export interface PasskeyContext {
  readonly actor: PersonActor;
  readonly now: Date;
}

/** @throws DomainError `people_only` for a program */
export function requirePerson(actor: ConsoleActor): PersonActor {
  if (actor.kind === 'person') return actor;
  throw new DomainError(
    'forbidden',
    'people_only',
    'Passkeys belong to people. A program proves who it is with its API key.',
  );
}

/**
 * A cookie that somebody else got hold of must not be enough to make them a passkey of their own.
 *
 * @throws DomainError 403 `recent_sign_in_needed`
 */
export function requireRecent({ actor, now }: PasskeyContext): void {
  requireRecentSignIn(actor, now, 'Passkeys are changed');
}
