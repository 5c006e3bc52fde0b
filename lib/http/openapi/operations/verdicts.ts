import { verdictSettingsInputSchema, verdictSettingsSchema } from '@/lib/contracts';
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
];
