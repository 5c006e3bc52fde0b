/** What people say of actions afterwards, and how reviewing itself is watched. */
import { feedbackInputSchema, feedbackListSchema, feedbackSchema } from '@/lib/contracts';
import { CONSOLE, type Operation } from '../operation';

const READ = {
  tag: 'Reviewing',
  method: 'get',
  callers: CONSOLE,
  permission: 'workspace.read',
  status: 200,
} as const;
const SAY = {
  tag: 'Reviewing',
  method: 'post',
  callers: CONSOLE,
  permission: 'approvals.decide',
} as const;

export const REVIEWING: readonly Operation[] = [
  {
    ...READ,
    path: '/api/v1/decisions/{id}/feedback',
    id: 'listFeedback',
    summary: 'Read what people said of an action after it could run',
    answer: feedbackListSchema,
  },
  {
    ...SAY,
    path: '/api/v1/decisions/{id}/feedback',
    id: 'giveFeedback',
    summary: 'Say how an action went',
    description:
      'For an action that was allowed or approved. Counts once a person and action, in person or through keys that go back to them, and not for the owner of the agent. ' +
      'That it was right lifts the score once an action; an approval has said so already.',
    body: feedbackInputSchema,
    status: 201,
    answer: feedbackSchema,
    problems: { 403: ['own_agent'], 409: ['already_said'], 422: ['not_permitted'] },
  },
];
