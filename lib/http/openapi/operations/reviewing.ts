/** What people say of actions afterwards, and how reviewing itself is watched. */
import {
  feedbackInputSchema,
  feedbackListSchema,
  feedbackSchema,
  lookInputSchema,
  myReviewingSchema,
  reviewingLoadSchema,
  reviewingQuerySchema,
  reviewingTrendSchema,
  reviewDetailSchema,
  reviewListQuerySchema,
  reviewPageSchema,
  reviewVerdictSchema,
  vigilanceInputSchema,
  vigilanceSchema,
} from '@/lib/contracts';
import { CONSOLE, type Operation } from '../operation';
import { OWN_PART } from './own-part';

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
const MANAGE = { tag: 'Reviewing', callers: CONSOLE, permission: 'reviewing.manage' } as const;

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
    problems: { 403: [...OWN_PART], 409: ['already_said'], 422: ['not_permitted'] },
  },
  {
    ...READ,
    path: '/api/v1/reviews',
    id: 'listReviews',
    summary: 'List actions that were drawn for review after they ran',
    description:
      'Drawn by chance from what was allowed without a person, more where trust is new and risk is higher. `open` are those that need the word of ' +
      'whoever asks, oldest first; `closed` all others, newest first.',
    query: reviewListQuerySchema,
    answer: reviewPageSchema,
  },
  {
    ...READ,
    path: '/api/v1/reviews/{id}',
    id: 'getReview',
    summary: 'Read a sample with everything needed to judge it',
    answer: reviewDetailSchema,
  },
  {
    ...SAY,
    path: '/api/v1/reviews/{id}/verdict',
    id: 'sayOfSample',
    summary: 'Say how a sampled action went',
    description: 'Evidence as with `giveFeedback`; what others said of it can be read afterwards.',
    body: reviewVerdictSchema,
    status: 200,
    answer: reviewDetailSchema,
    problems: {
      403: [...OWN_PART],
      409: ['already_said', 'review_closed'],
      422: ['not_permitted'],
    },
  },
  {
    ...MANAGE,
    method: 'get',
    path: '/api/v1/reviewing/settings',
    id: 'getReviewingSettings',
    summary: 'Read how reviewing is watched',
    status: 200,
    answer: vigilanceSchema,
  },
  {
    ...MANAGE,
    method: 'post',
    path: '/api/v1/reviewing/settings',
    id: 'setReviewingSettings',
    summary: 'Change how reviewing is watched',
    body: vigilanceInputSchema,
    status: 201,
    answer: vigilanceSchema,
    problems: { 409: ['stale_version'] },
  },
  {
    ...SAY,
    path: '/api/v1/approvals/{id}/look',
    id: 'noteLook',
    summary: 'Say how long the open approval was in sight',
    description:
      'For the figures of the reviewer alone. No more is taken than has passed since the last report, and half an hour in all.',
    body: lookInputSchema,
    status: 204,
  },
  {
    ...SAY,
    method: 'get',
    path: '/api/v1/reviewing/mine',
    id: 'getMyReviewing',
    summary: 'Read the figures of your own reviewing',
    query: reviewingQuerySchema,
    status: 200,
    answer: myReviewingSchema,
    problems: { 403: ['no_person'] },
  },
  {
    ...SAY,
    method: 'get',
    path: '/api/v1/reviewing/load',
    id: 'getReviewingLoad',
    summary: 'Read how much you have decided lately, and whether a pause would be wise',
    status: 200,
    answer: reviewingLoadSchema,
  },
  {
    ...MANAGE,
    method: 'get',
    path: '/api/v1/reviewing/trend',
    id: 'getReviewingTrend',
    summary: 'Read how the workspace reviews, week by week',
    description:
      'No names, no order of people, and nothing from a week in which fewer than three people gave verdicts.',
    status: 200,
    answer: reviewingTrendSchema,
  },
];
