/** The caller's own passkeys, and when they are asked for. */
import { consoleActor } from '@/lib/auth';
import {
  passkeyInputSchema,
  passkeyRemovalSchema,
  stepUpRequestSchema,
  stepUpSettingInputSchema,
} from '@/lib/contracts';
import { handle } from '@/lib/http/handler';
import { beginStepUp } from '@/lib/services/approvals/step-up';
import { getStepUpSetting, setStepUpSetting } from '@/lib/services/approvals/step-up-setting';
import { listPasskeys } from '@/lib/services/passkeys/list';
import { requirePerson } from '@/lib/services/passkeys/own';
import { beginPasskey, registerPasskey } from '@/lib/services/passkeys/register';
import { removePasskey } from '@/lib/services/passkeys/remove';
import { consoleHandler, segment } from './console-handler';

const ownerOfPasskeys = async (request: Request) => requirePerson(await consoleActor(request));

export const getPasskeys = consoleHandler({}, ({ actor }) => listPasskeys(actor));
export const postPasskeyOptions = handle({ auth: ownerOfPasskeys }, ({ who, now }) =>
  beginPasskey({ actor: who, now }),
);
export const postPasskey = handle(
  { auth: ownerOfPasskeys, body: passkeyInputSchema, status: 201 },
  ({ who, now, body }) => registerPasskey({ actor: who, now }, body),
);
export const postPasskeyRemoval = handle(
  { auth: ownerOfPasskeys, body: passkeyRemovalSchema },
  ({ who, now, params, body }) =>
    removePasskey({ actor: who, now }, segment(params, 'id'), body.reason),
);

export const postStepUp = consoleHandler(
  { body: stepUpRequestSchema },
  (context, { params, body }) => beginStepUp(context, segment(params, 'id'), body),
);
export const getStepUp = consoleHandler({}, (context) => getStepUpSetting(context));
export const putStepUp = consoleHandler({ body: stepUpSettingInputSchema }, (context, { body }) =>
  setStepUpSetting(context, body),
);
