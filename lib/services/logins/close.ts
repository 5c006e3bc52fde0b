import { revokeLogin } from '@/lib/auth/logins';
import { withTransaction } from '@/lib/db';
import { notePerson } from '@/lib/services/people/note-person';

/** Somebody signs out. A login that has ended already is left as it is, without an entry. */
export async function closeLogin(loginId: string, now: Date): Promise<void> {
  await withTransaction(async (sql) => {
    const personId = await revokeLogin(sql, loginId, now);
    if (personId === undefined) return;
    const by = `person:${personId}`;
    await notePerson(sql, personId, now, { kind: 'person.signed_out', by });
  });
}
