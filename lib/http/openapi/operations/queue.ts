/** Working the queue of approvals. */
import {
  answerRequestSchema,
  approvalDetailSchema,
  assignRequestSchema,
  handOverRequestSchema,
  queueChangesQuerySchema,
  queueChangesSchema,
  queueSettingsAnswerSchema,
  queueSettingsInputSchema,
  queueViewInputSchema,
  queueViewListSchema,
  queueViewSchema,
  questionRequestSchema,
  reviewerListSchema,
  snoozeRequestSchema,
} from '@/lib/contracts';
import { CONSOLE, type Operation } from '../operation';
import { OWN_PART } from './own-part';

const TAG = 'Approvals';
const CLOSED = ['already_decided', 'expired', 'cancelled'];
const READ = {
  method: 'get',
  tag: TAG,
  callers: CONSOLE,
  permission: 'workspace.read',
  status: 200,
} as const;
const WORK = {
  method: 'post',
  tag: TAG,
  callers: CONSOLE,
  permission: 'approvals.decide',
  status: 200,
  answer: approvalDetailSchema,
} as const;

export const QUEUE: readonly Operation[] = [
  {
    ...READ,
    path: '/api/v1/approvals/changes',
    id: 'readQueueChanges',
    summary: 'Read what became of a few items of a list',
    description:
      'For a page that follows the queue: ask with the `subjectId` of announcements and the same tab, filters and sort as the list. `groups` opens groups of like requests. Both are lists with commas. An answer is bounded: what did not fit is in `left`, to be asked for with `ids`, `groups` and `after` in the next.',
    query: queueChangesQuerySchema,
    answer: queueChangesSchema,
  },
  {
    ...READ,
    path: '/api/v1/approvals/{id}/reviewers',
    id: 'listReviewers',
    summary: 'List the people it can be assigned to',
    answer: reviewerListSchema,
  },
  {
    ...WORK,
    path: '/api/v1/approvals/{id}/assign',
    id: 'assignApproval',
    summary: 'Name who shall look after it, or nobody',
    description:
      'It binds nobody: whoever may decide still may, unless somebody has claimed it. A claim of somebody else ends with it.',
    body: assignRequestSchema,
    problems: { 403: [...OWN_PART], 409: CLOSED, 422: ['may_not_decide'] },
  },
  {
    ...WORK,
    path: '/api/v1/approvals/{id}/hand-over',
    id: 'handOverApproval',
    summary: 'Give what you claimed or were assigned to somebody else, with a note',
    body: handOverRequestSchema,
    problems: {
      403: [...OWN_PART],
      409: [...CLOSED, 'not_yours'],
      422: ['may_not_decide'],
    },
  },
  {
    ...WORK,
    path: '/api/v1/approvals/{id}/snooze',
    id: 'snoozeApproval',
    summary: 'Put it aside for yourself until a time, or take it back',
    description:
      'At the latest a minute before its time is over; `facts.latest` of a refusal says when that is. For others it stays where it is.',
    body: snoozeRequestSchema,
    problems: {
      403: [...OWN_PART, 'people_only'],
      409: [...CLOSED, 'claimed'],
      422: ['snooze_over', 'snooze_too_long'],
    },
  },
  {
    ...WORK,
    path: '/api/v1/approvals/{id}/question',
    id: 'askQuestion',
    summary: 'Ask the agent or its owner something',
    description:
      'The agent reads the question in its decision. The time of the approval goes on, and anybody may still decide.',
    body: questionRequestSchema,
    status: 201,
    problems: { 403: [...OWN_PART], 409: [...CLOSED, 'claimed', 'question_open'] },
  },
  {
    ...WORK,
    path: '/api/v1/approvals/{id}/answer',
    id: 'answerQuestion',
    summary: 'Answer the question, as owner of the agent or as somebody who may comment',
    permission: 'workspace.read',
    body: answerRequestSchema,
    status: 201,
    problems: { 409: [...CLOSED, 'no_question'] },
  },
  {
    ...READ,
    path: '/api/v1/queue-settings',
    id: 'getQueueSettings',
    summary: 'Read how long a claim lasts and when what nobody looks at is told of',
    answer: queueSettingsAnswerSchema,
  },
  {
    ...READ,
    method: 'put',
    permission: 'workspace.manage',
    path: '/api/v1/queue-settings',
    id: 'setQueueSettings',
    summary: 'Change how the queue is worked',
    body: queueSettingsInputSchema,
    answer: queueSettingsAnswerSchema,
  },
  {
    ...READ,
    path: '/api/v1/queue-views',
    id: 'listQueueViews',
    summary: 'List your own views of the queue',
    answer: queueViewListSchema,
    problems: { 403: ['people_only'] },
  },
  {
    ...READ,
    method: 'post',
    path: '/api/v1/queue-views',
    id: 'saveQueueView',
    summary: 'Keep a view of the queue under a name; one of the same name is replaced',
    body: queueViewInputSchema,
    status: 201,
    answer: queueViewSchema,
    problems: { 403: ['people_only'], 422: ['too_many_views'] },
  },
  {
    method: 'delete',
    tag: TAG,
    callers: CONSOLE,
    permission: 'workspace.read',
    path: '/api/v1/queue-views/{id}',
    id: 'removeQueueView',
    summary: 'Forget one of your views',
    status: 204,
    problems: { 403: ['people_only'] },
  },
];
