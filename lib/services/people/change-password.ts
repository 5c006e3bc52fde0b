import { revokeLoginsOf } from '@/lib/auth/logins';
import { hashPassword, verifyPassword } from '@/lib/auth/password';
import { forgetFailures, takeTry } from '@/lib/auth/sign-in-throttle';
import { DomainError } from '@/lib/contracts';
import { sql, withTransaction } from '@/lib/db';
import { notePassword } from './note-password';

export interface PasswordChange {
  readonly personId: string;
  /** This login stays; every other one of the person ends. */
  readonly loginId: string;
  readonly current: string;
  readonly next: string;
}

type Row = { email: string; password_hash: string | null };

/**
 * A person's own new password. It concerns the person, not a workspace, so there is no permission to check.
 *
 * @throws DomainError `wrong_password`, `same_password`, `too_many_tries`
 */
export async function changePassword(change: PasswordChange, now: Date): Promise<void> {
  const [person] = await sql<Row>('SELECT email, password_hash FROM people WHERE id = $1', [
    change.personId,
  ]);
  await requireCurrent(change, person, now);
  if (change.next === change.current)
    throw new DomainError('unprocessable', 'same_password', 'The new password is the old one.');
  const hash = await hashPassword(change.next);
  await withTransaction(async (run) => {
    await run('UPDATE people SET password_hash = $2, must_change_password = false WHERE id = $1', [
      change.personId,
      hash,
    ]);
    await revokeLoginsOf(run, change.personId, now, change.loginId);
    await notePassword(run, change.personId, now, {
      kind: 'person.password_changed',
      by: `person:${change.personId}`,
    });
  });
}

async function requireCurrent(
  { current }: PasswordChange,
  person: Row | undefined,
  now: Date,
): Promise<void> {
  const email = person?.email ?? '';
  const waitSeconds = await takeTry(email, now);
  if (waitSeconds > 0)
    throw new DomainError('too_many', 'too_many_tries', 'Too many wrong passwords.', {
      retryAfterSeconds: waitSeconds,
    });
  if (await verifyPassword(current, person?.password_hash ?? null)) return forgetFailures(email);
  throw new DomainError('unprocessable', 'wrong_password', 'The current password is wrong.');
}
