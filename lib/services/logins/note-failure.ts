import { withTransaction } from '@/lib/db';
import { notePerson } from '@/lib/services/people/note-person';

/**
 * A wrong password for somebody's address. Only tries that the throttle let through come here, so strangers cannot write the
 * ledger full: five, and then one a wait.
 */
export async function noteFailedSignIn(personId: string, now: Date): Promise<void> {
  await withTransaction((sql) =>
    notePerson(sql, personId, now, {
      kind: 'person.sign_in_failed',
      by: 'system',
      body: { method: 'password' },
    }),
  );
}
