import {
  grantListQuerySchema,
  grantPageSchema,
  grantSchema,
  verdictSettingsInputSchema,
  verdictSettingsSchema,
} from '@/lib/contracts';
import { CONSOLE, type Operation } from '../operation';

/** What a workspace sets about verdicts. */
export const VERDICTS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/verdict-settings',
    id: 'getVerdictSettings',
    tag: 'Approvals',
    summary: 'Read what holds for verdicts',
    callers: CONSOLE,
    permission: 'workspace.read',
    status: 200,
    answer: verdictSettingsSchema,
  },
  {
    method: 'post',
    path: '/api/v1/verdict-settings',
    id: 'setVerdictSettings',
    tag: 'Approvals',
    summary:
      'Set how long a verdict can be taken back, how many people it takes, and how far a grant may reach',
    description:
      'All of them at once, as a new version. What waits keeps the number of approvals it needed when it was asked for.',
    callers: CONSOLE,
    permission: 'workspace.manage',
    idempotent: true,
    body: verdictSettingsInputSchema,
    status: 201,
    answer: verdictSettingsSchema,
    problems: { 409: ['stale_version'] },
  },
  {
    method: 'get',
    path: '/api/v1/grants',
    id: 'listGrants',
    tag: 'Approvals',
    summary: 'List approvals for a scope, those that hold unless told',
    description:
      'A grant is given with an approval (`scope`). Calls of the same agent and tool whose values are those of `pattern.fixed`, and ' +
      'within reach where `pattern.varying` says so, are allowed without asking, with the grant among their reasons.',
    callers: CONSOLE,
    permission: 'workspace.read',
    query: grantListQuerySchema,
    status: 200,
    answer: grantPageSchema,
  },
  {
    method: 'post',
    path: '/api/v1/grants/{id}/revoke',
    id: 'revokeGrant',
    tag: 'Approvals',
    summary: 'Take a grant back',
    description:
      'Nothing runs under it from the answer on; permits that were not redeemed are dead.',
    callers: CONSOLE,
    permission: 'approvals.decide',
    status: 200,
    answer: grantSchema,
    problems: { 409: ['already_ended'] },
  },
];
