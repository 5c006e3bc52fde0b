import { identityIssuerInputSchema, identitySubjectInputSchema } from '@/lib/contracts';
import {
  addIdentityIssuer,
  addIdentitySubject,
  listIdentityIssuers,
  removeIdentityIssuer,
  removeIdentitySubject,
} from '@/lib/services/agents/external/issuers';
import { consoleHandler, creatingHandler, segment } from './console-handler';

export const getIdentityIssuers = consoleHandler({}, (context) => listIdentityIssuers(context));
export const postIdentityIssuer = creatingHandler(identityIssuerInputSchema, (context, { body }) =>
  addIdentityIssuer(context, body),
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
