import { notFound } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import { redact } from '@/lib/ledger';
import { requireId } from '@/lib/services/ids';
import { notePerson } from '@/lib/services/people/note-person';
import { requireRecent, type PasskeyContext } from './own';

/** Removes a passkey of one's own, for good. @throws DomainError `recent_sign_in_needed`, `not_found` */
export async function removePasskey(
  context: PasskeyContext,
  id: string,
  reason: string,
): Promise<void> {
  const { actor, now } = context;
  const passkeyId = requireId(id, 'passkey');
  requireRecent(context);
  await withTransaction(async (run) => {
    const [gone] = await run<{ credential: string; name: string }>(
      'DELETE FROM passkeys WHERE id = $1 AND person_id = $2 RETURNING credential_id AS credential, name',
      [passkeyId, actor.personId],
    );
    if (gone === undefined) throw notFound('passkey');
    await notePerson(run, actor.personId, now, {
      kind: 'passkey.removed',
      by: `person:${actor.personId}`,
      body: { ...gone, reason: String(redact(reason)) },
    });
  });
}
