/** Who may look after passkeys: the person they belong to, and for a change somebody who has signed in just now. */
import type { ConsoleActor, PersonActor } from '@/lib/auth';
import { DomainError } from '@/lib/contracts';
import { sql } from '@/lib/db';

/** How old a sign-in may be that adds or removes a passkey, in minutes. */
const RECENT_MINUTES = 15;

export interface PasskeyContext {
  readonly actor: PersonActor;
  readonly loginId: string;
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
export async function requireRecentSignIn({ actor, loginId, now }: PasskeyContext): Promise<void> {
  const recent = await sql(
    'SELECT 1 FROM login_sessions WHERE id = $1 AND person_id = $2 AND created_at > $3',
    [loginId, actor.personId, new Date(now.getTime() - RECENT_MINUTES * 60_000)],
  );
  if (recent.length > 0) return;
  throw new DomainError(
    'forbidden',
    'recent_sign_in_needed',
    `Passkeys are changed within ${RECENT_MINUTES} minutes of signing in. Sign out and in again, then come back.`,
  );
}
