import {
  credentialOptionsSchema,
  passkeyInputSchema,
  passkeyListSchema,
  passkeyRemovalSchema,
  passkeySchema,
  stepUpRequestSchema,
  stepUpSettingInputSchema,
  stepUpSettingSchema,
} from '@/lib/contracts';
import { CONSOLE, type Operation } from '../operation';

const OWN = { tag: 'Workspace', callers: ['session'] } as const;
const CHANGE = ['people_only', 'recent_sign_in_needed'];

export const PASSKEYS: readonly Operation[] = [
  {
    ...OWN,
    method: 'get',
    path: '/api/v1/me/passkeys',
    id: 'listPasskeys',
    summary: 'List your passkeys',
    status: 200,
    answer: passkeyListSchema,
    problems: { 403: ['people_only'] },
  },
  {
    ...OWN,
    method: 'post',
    path: '/api/v1/me/passkeys/options',
    id: 'beginPasskey',
    summary: 'Begin to add a passkey',
    description: 'Options for `navigator.credentials.create`, good for five minutes.',
    status: 200,
    answer: credentialOptionsSchema,
    problems: { 403: CHANGE, 422: ['too_many_passkeys'] },
  },
  {
    ...OWN,
    method: 'post',
    path: '/api/v1/me/passkeys',
    id: 'registerPasskey',
    summary: 'Add the passkey a device has made',
    body: passkeyInputSchema,
    status: 201,
    answer: passkeySchema,
    problems: { 403: CHANGE, 409: ['passkey_known'], 422: ['passkey_not_made'] },
  },
  {
    ...OWN,
    method: 'post',
    path: '/api/v1/me/passkeys/{id}/remove',
    id: 'removePasskey',
    summary: 'Remove a passkey of yours',
    body: passkeyRemovalSchema,
    status: 204,
    problems: { 403: CHANGE },
  },
  {
    method: 'post',
    path: '/api/v1/approvals/{id}/step-up',
    id: 'beginStepUp',
    tag: 'Approvals',
    summary: 'Ask for a challenge to approve a critical call with a passkey',
    description:
      'Options for `navigator.credentials.get`. What the device answers goes into `assertion` of the approval, once, within two ' +
      'minutes, and counts for this digest and these edits alone.',
    callers: ['session'],
    permission: 'approvals.decide',
    body: stepUpRequestSchema,
    status: 200,
    answer: credentialOptionsSchema,
    problems: { 403: ['people_only'], 422: ['passkey_required'] },
  },
  {
    method: 'get',
    path: '/api/v1/workspace/step-up',
    id: 'getStepUpSetting',
    tag: 'Workspace',
    summary: 'Read when people confirm with a passkey',
    callers: CONSOLE,
    permission: 'workspace.read',
    status: 200,
    answer: stepUpSettingSchema,
  },
  {
    method: 'put',
    path: '/api/v1/workspace/step-up',
    id: 'setStepUpSetting',
    tag: 'Workspace',
    summary: 'Say when people confirm with a passkey',
    description:
      '`when_registered`: whoever has a passkey needs it to approve a critical call. `required`: no person approves one without. ' +
      'In both an API key is refused (`person_needed`) where whoever made it would be asked; keys of the command line have nobody ' +
      'to ask. A person demands less within 15 minutes of signing in.',
    callers: CONSOLE,
    permission: 'workspace.manage',
    body: stepUpSettingInputSchema,
    status: 200,
    answer: stepUpSettingSchema,
    problems: { 403: ['recent_sign_in_needed', 'person_needed'] },
  },
];
