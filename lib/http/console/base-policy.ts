/** The customer's own decision point. */
import { basePolicyInputSchema, basePolicyTryInputSchema } from '@/lib/contracts';
import { getBasePolicy } from '@/lib/services/base-policy/get';
import { basePolicyHealth } from '@/lib/services/base-policy/health';
import { setBasePolicy } from '@/lib/services/base-policy/set';
import { tryBasePolicy } from '@/lib/services/base-policy/try';
import { consoleHandler } from './console-handler';

export const getBase = consoleHandler({}, (context) => getBasePolicy(context));
// No Idempotency-Key: a digest of the body, which holds a token, would be stored.
export const postBase = consoleHandler(
  { body: basePolicyInputSchema, status: 201 },
  (context, { body }) => setBasePolicy(context, body),
);
export const getBaseHealth = consoleHandler({}, (context) => basePolicyHealth(context));
export const postBaseTry = consoleHandler({ body: basePolicyTryInputSchema }, (context, { body }) =>
  tryBasePolicy(context, body),
);
