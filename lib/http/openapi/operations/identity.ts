import {
  directoryEntrySchema,
  directorySettingsSchema,
  identityIssuerChangeSchema,
  identityIssuerInputSchema,
  identityIssuerListSchema,
  identityIssuerSchema,
  identitySubjectInputSchema,
} from '@/lib/contracts';
import { ANYBODY, CONSOLE, type Operation } from '../operation';

const MANAGE = { tag: 'Workspace', callers: CONSOLE, permission: 'workspace.manage' } as const;

/** Identities from elsewhere, and what others may look up. */
export const IDENTITY: readonly Operation[] = [
  {
    ...MANAGE,
    method: 'get',
    path: '/api/v1/identity-issuers',
    id: 'listIdentityIssuers',
    summary: 'List the issuers whose identities stand for agents',
    permission: 'workspace.read',
    status: 200,
    answer: identityIssuerListSchema,
  },
  {
    ...MANAGE,
    method: 'post',
    path: '/api/v1/identity-issuers',
    id: 'addIdentityIssuer',
    summary: 'Believe an OpenID issuer or a SPIFFE trust domain',
    description:
      'Its keys come from `jwksUrl` and from nowhere else, or are given as `jwks`. While they cannot be fetched, its tokens do not ' +
      'count. Each subject stands for one agent.',
    body: identityIssuerInputSchema,
    idempotent: true,
    status: 201,
    answer: identityIssuerSchema,
    problems: {
      403: ['recent_sign_in_needed'],
      409: ['issuer_exists', 'subject_taken', 'too_many_issuers'],
      422: ['address_refused'],
    },
  },
  {
    ...MANAGE,
    method: 'patch',
    path: '/api/v1/identity-issuers/{id}',
    id: 'changeIdentityIssuer',
    summary: 'Rename an issuer, or take its keys from elsewhere',
    description:
      'Other keys or signatures end what agents got with its identities at their next request; their subjects stay, as if whoever ' +
      'changes it had added them.',
    body: identityIssuerChangeSchema,
    status: 200,
    answer: identityIssuerSchema,
    problems: { 403: ['recent_sign_in_needed'], 422: ['address_refused'] },
  },
  {
    ...MANAGE,
    method: 'post',
    path: '/api/v1/identity-issuers/{id}/try',
    id: 'tryIdentityIssuer',
    summary: 'Ask for the keys of an issuer',
    description: 'As a token would, at most every 30 seconds. `keys` of the answer says what came.',
    status: 200,
    answer: identityIssuerSchema,
  },
  {
    ...MANAGE,
    method: 'delete',
    path: '/api/v1/identity-issuers/{id}',
    id: 'removeIdentityIssuer',
    summary: 'Believe an issuer no longer',
    description: 'Tokens that were got with its identities end at their next request.',
    status: 204,
  },
  {
    ...MANAGE,
    method: 'post',
    path: '/api/v1/identity-issuers/{id}/subjects',
    id: 'addIdentitySubject',
    summary: 'Say which agent a subject of an issuer stands for',
    body: identitySubjectInputSchema,
    idempotent: true,
    status: 201,
    answer: identityIssuerSchema,
    problems: { 403: ['recent_sign_in_needed'], 409: ['subject_taken'] },
  },
  {
    ...MANAGE,
    method: 'delete',
    path: '/api/v1/identity-issuers/{id}/subjects/{subject}',
    id: 'removeIdentitySubject',
    summary: 'Take back what a subject stands for',
    status: 204,
  },
  {
    ...MANAGE,
    method: 'get',
    path: '/api/v1/workspace/directory',
    id: 'getDirectorySettings',
    summary: 'Read who may look up the agents of the workspace',
    permission: 'workspace.read',
    status: 200,
    answer: directorySettingsSchema,
  },
  {
    ...MANAGE,
    method: 'put',
    path: '/api/v1/workspace/directory',
    id: 'setDirectorySettings',
    summary: 'Say who may look up the agents of the workspace',
    body: directorySettingsSchema,
    status: 200,
    answer: directorySettingsSchema,
  },
  {
    method: 'get',
    path: '/api/v1/directory/{id}',
    id: 'lookUpAgent',
    tag: 'Discovery',
    summary: 'Look up an agent that its workspace publishes',
    description:
      'Its public keys, its standing, and a signed statement of both. An agent that is not published, or not to whoever asks, is ' +
      'not found, like one that does not exist.',
    callers: ANYBODY,
    status: 200,
    answer: directoryEntrySchema,
    problems: { 429: ['too_many_lookups'] },
  },
];
