/** Messages to the outside: targets of the workspace, and how a person wants to hear. */
import {
  messagePreferencesInputSchema,
  messageReasonSchema,
  messageSettingsInputSchema,
  messageTargetInputSchema,
  pushSubscriptionInputSchema,
} from '@/lib/contracts';
import { messagesOverview, setMessageSettings } from '@/lib/services/messages/overview';
import {
  addBrowser,
  getPreferences,
  removeBrowser,
  setPreferences,
  tryBrowser,
  tryMail,
} from '@/lib/services/messages/preferences';
import { sendAgain } from '@/lib/services/messages/send-again';
import {
  addTarget,
  removeTarget,
  resumeTarget,
  rotateTarget,
  tryTarget,
} from '@/lib/services/messages/targets';
import { consoleHandler, segment } from './console-handler';

export const getMessages = consoleHandler({}, (context) => messagesOverview(context));
export const putMessages = consoleHandler(
  { body: messageSettingsInputSchema },
  (context, { body }) => setMessageSettings(context, body),
);
// No Idempotency-Key for what holds a secret: its answer or body would be stored.
export const postTarget = consoleHandler(
  { body: messageTargetInputSchema, status: 201 },
  (context, { body }) => addTarget(context, body),
);
export const postRotation = consoleHandler(
  { body: messageReasonSchema },
  (context, { params, body }) => rotateTarget(context, segment(params, 'id'), body.reason),
);
export const postResumption = consoleHandler(
  { body: messageReasonSchema },
  (context, { params, body }) => resumeTarget(context, segment(params, 'id'), body.reason),
);
export const postTargetRemoval = consoleHandler(
  { body: messageReasonSchema },
  (context, { params, body }) => removeTarget(context, segment(params, 'id'), body.reason),
);
export const postTargetTest = consoleHandler({}, (context, { params }) =>
  tryTarget(context, segment(params, 'id')),
);

export const postSendAgain = consoleHandler({}, (context, { params }) =>
  sendAgain(context, segment(params, 'id')),
);

export const getMyMessages = consoleHandler({}, (context) => getPreferences(context));
export const putMyMessages = consoleHandler(
  { body: messagePreferencesInputSchema },
  (context, { body }) => setPreferences(context, body),
);
export const postMailTest = consoleHandler({}, (context) => tryMail(context));
export const postBrowser = consoleHandler(
  { body: pushSubscriptionInputSchema, status: 201 },
  (context, { body }) => addBrowser(context, body),
);
export const deleteBrowser = consoleHandler({}, (context, { params }) =>
  removeBrowser(context, segment(params, 'id')),
);
export const postBrowserTest = consoleHandler({}, (context, { params }) =>
  tryBrowser(context, segment(params, 'id')),
);
