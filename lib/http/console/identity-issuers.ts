import {
  identityIssuerChangeSchema,
  identityIssuerInputSchema,
  identitySubjectInputSchema,
} from '@/lib/contracts';
import { changeIdentityIssuer } from '@/lib/services/agents/external/change-issuer';
import {
  addIdentityIssuer,
  addIdentitySubject,
  listIdentityIssuers,
  removeIdentityIssuer,
  removeIdentitySubject,
  tryIdentityIssuer,
} from '@/lib/services/agents/external/issuers';
import { consoleHandler, creatingHandler, segment } from './console-handler';

export const getIdentityIssuers = consoleHandler({}, (context) => listIdentityIssuers(context));
export const postIdentityIssuer = creatingHandler(identityIssuerInputSchema, (context, { body }) =>
  addIdentityIssuer(context, body),
);
export const patchIdentityIssuer = consoleHandler(
  { body: identityIssuerChangeSchema },
  (context, { params, body }) => changeIdentityIssuer(context, segment(params, 'id'), body),
);
export const postIdentityIssuerTry = consoleHandler({}, (context, { params }) =>
  tryIdentityIssuer(context, segment(params, 'id')),
);
export const deleteIdentityIssuer = consoleHandler({}, (context, { params }) =>
  removeIdentityIssuer(context, segment(params, 'id')),
);
export const postIdentitySubject = creatingHandler(
  identitySubjectInputSchema,
  (context, { params, body }) => addIdentitySubject(context, segment(params, 'id'), body),
);
export const deleteIdentitySubject = consoleHandler({}, (context, { params }) =>
  removeIdentitySubject(context, segment(params, 'id'), segment(params, 'subject')),
);
