import { revokeLoginsOf } from '@/lib/auth/logins';
import { hashPassword, newOneTimePassword } from '@/lib/auth/password';
import { forgetFailures } from '@/lib/auth/sign-in-throttle';
import { DomainError } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import { notePerson } from './note-person';

/**
 * A new one-time password from the command line, for somebody who is locked out; it also lets a disabled person in again. Whoever
 * can run it has the database in hand, so there is no permission to check; it is in the ledger of every workspace of the person.
 *
 * @throws DomainError `not_found`
 */
export async function resetPassword(email: string, now: Date): Promise<string> {
  const oneTimePassword = newOneTimePassword();
  const hash = await hashPassword(oneTimePassword);
  await withTransaction(async (sql) => {
    const [person] = await sql<{ id: string }>(
      `UPDATE people SET password_hash = $2, must_change_password = true, disabled_at = NULL WHERE email = lower($1) RETURNING id`,
      [email.trim(), hash],
    );
    if (person === undefined)
      throw new DomainError('not_found', 'not_found', `Nobody signs in as ${email.trim()}.`);
    await revokeLoginsOf(sql, person.id, now);
    await notePerson(sql, person.id, now, { kind: 'person.password_reset', by: 'cli' });
  });
  await forgetFailures(email.trim().toLowerCase());
  return oneTimePassword;
}
