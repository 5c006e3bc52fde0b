/** POST /api/v1/intake/opa */
import { actorRef } from '@/lib/auth';
import { keyCaller } from '@/lib/http/intake/key-caller';
import { DomainError, MAX_EVIDENCE_ITEMS } from '@/lib/contracts';
import { handle, requireContentType } from '@/lib/http';
import { takePlace } from '@/lib/http/places';
import { jsonOf, textOf } from '@/lib/http/read-body';
import { recordOpaLog } from '@/lib/services/intake/opa';
import { MAX_INTAKE_BYTES, readPacked } from './body';
import { takenAnswer } from './taken-answer';

export const opaHandler = handle(
  { auth: keyCaller, maxBodyBytes: MAX_INTAKE_BYTES },
  async ({ who, request, now }) => {
    const leave = takePlace('intakes', `${who.workspaceId} ${actorRef(who)}`);
    try {
      requireContentType(request, /^application\/json$/i, 'application/json');
      const log = jsonOf(textOf(await readPacked(request)), { exact: false });
      if (!Array.isArray(log))
        throw new DomainError('malformed', 'malformed_body', 'A decision log is an array.');
      if (log.length > MAX_EVIDENCE_ITEMS)
        throw new DomainError(
          'too_large',
          'too_many_items',
          `A delivery has at most ${MAX_EVIDENCE_ITEMS} items; send several.`,
        );
      return takenAnswer(await recordOpaLog({ actor: who, now: now.getTime() }, log));
    } finally {
      leave();
    }
  },
);
