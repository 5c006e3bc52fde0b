import { revokeLoginsOf } from '@/lib/auth/logins';
import { hashPassword, verifyPassword } from '@/lib/auth/password';
import { BUSY_SECONDS, inTurn, PasswordsBusy } from '@/lib/auth/password-turns';
import { forgetFailures, takeTry } from '@/lib/auth/sign-in-throttle';
import { DomainError } from '@/lib/contracts';
import { sql, withTransaction } from '@/lib/db';
import { notePerson } from './note-person';

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
  if (change.next === change.current)
    throw new DomainError('unprocessable', 'same_password', 'The new password is the old one.');
  await requireCurrent(change, person, now);
  const hash = await hashPassword(change.next);
  await withTransaction(async (run) => {
    // Whoever replaced it while this was checked has the last word.
    const replaced = await run(
      `UPDATE people SET password_hash = $2, must_change_password = false
       WHERE id = $1 AND password_hash = $3 RETURNING id`,
      [change.personId, hash, person?.password_hash ?? null],
    );
    if (replaced.length === 0) throw wrongPassword();
    await revokeLoginsOf(run, change.personId, now, change.loginId);
    await notePerson(run, change.personId, now, {
      kind: 'person.password_changed',
      by: `person:${change.personId}`,
    });
  });
}

/** Counted apart from sign-ins: a stranger who guesses keeps nobody from a new password. */
async function requireCurrent(
  { current }: PasswordChange,
  person: Row | undefined,
  now: Date,
): Promise<void> {
  const email = person?.email ?? '';
  const check = async () => {
    const waitSeconds = await takeTry(email, now, 'login');
    if (waitSeconds > 0) throw tooMany('Too many wrong passwords.', waitSeconds);
    if (!(await verifyPassword(current, person?.password_hash ?? null))) throw wrongPassword();
    await forgetFailures(email, 'login');
  };
  await inTurn('known', check).catch((error: unknown) => {
    if (!(error instanceof PasswordsBusy)) throw error;
    throw tooMany('Too many passwords are checked right now.', BUSY_SECONDS);
  });
}

const tooMany = (sentence: string, retryAfterSeconds: number) =>
  new DomainError('too_many', 'too_many_tries', sentence, { retryAfterSeconds });
const wrongPassword = () =>
  new DomainError('unprocessable', 'wrong_password', 'The current password is wrong.');
