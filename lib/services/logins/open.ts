import { createLogin, type SignInMethod } from '@/lib/auth/logins';
import { withTransaction } from '@/lib/db';
import { notePerson } from '@/lib/services/people/note-person';

/** Somebody is in: a login, and an entry in the ledger of every workspace of the person. @returns the id of the login */
export function openLogin(personId: string, method: SignInMethod, now: Date): Promise<string> {
  return withTransaction(async (sql) => {
    const id = await createLogin(sql, personId, now);
    const by = `person:${personId}`;
    await notePerson(sql, personId, now, { kind: 'person.signed_in', by, body: { method } });
    return id;
  });
}
