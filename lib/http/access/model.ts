/** What a workspace knows of subjects that are no agents. */
import { consoleActor } from '@/lib/auth';
import { accessModelInputSchema, MAX_ACCESS_MODEL_BYTES } from '@/lib/contracts';
import { handle } from '@/lib/http';
import { getAccessModel } from '@/lib/services/authzen/get-model';
import { setAccessModel } from '@/lib/services/authzen/set-model';

export const getModel = handle({ auth: consoleActor }, ({ who: actor, now }) =>
  getAccessModel({ actor, now }),
);
export const postModel = handle(
  {
    auth: consoleActor,
    body: accessModelInputSchema,
    maxBodyBytes: MAX_ACCESS_MODEL_BYTES,
    status: 201,
  },
  ({ who: actor, body, now, requestId }) => setAccessModel({ actor, now, requestId }, body),
);
