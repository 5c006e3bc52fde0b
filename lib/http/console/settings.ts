/** People, API keys and the workspace itself. */
import {
  apiKeyInputSchema,
  listQuerySchema,
  personInputSchema,
  personPatchSchema,
} from '@/lib/contracts';
import { createApiKey } from '@/lib/services/api-keys/create';
import { listApiKeys } from '@/lib/services/api-keys/list';
import { revokeApiKey } from '@/lib/services/api-keys/revoke';
import { changePerson } from '@/lib/services/people/change';
import { invitePerson } from '@/lib/services/people/invite';
import { listPeople } from '@/lib/services/people/list';
import { removeDemo } from '@/lib/services/workspace/remove-demo';
import { consoleHandler, segment } from './console-handler';

export const getPeople = consoleHandler({ query: listQuerySchema }, (context, { query }) =>
  listPeople(context, query),
);
// No Idempotency-Key here and for keys: the answer holds a secret, which must be stored nowhere.
export const postPerson = consoleHandler(
  { body: personInputSchema, status: 201 },
  (context, { body }) => invitePerson(context, body),
);
export const patchPerson = consoleHandler(
  { body: personPatchSchema },
  (context, { params, body }) => changePerson(context, segment(params, 'id'), body),
);

export const getApiKeys = consoleHandler({ query: listQuerySchema }, (context, { query }) =>
  listApiKeys(context, query),
);
export const postApiKey = consoleHandler(
  { body: apiKeyInputSchema, status: 201 },
  (context, { body }) => createApiKey(context, body),
);
export const deleteApiKey = consoleHandler({}, (context, { params }) =>
  revokeApiKey(context, segment(params, 'id')),
);

export const deleteDemo = consoleHandler({}, (context) => removeDemo(context));
