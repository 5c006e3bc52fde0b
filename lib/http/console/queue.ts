/** Working the queue: what changed, who looks after what, questions, views and how the workspace does it. */
import {
  answerRequestSchema,
  assignRequestSchema,
  handOverRequestSchema,
  queueChangesQuerySchema,
  queueSettingsInputSchema,
  queueViewInputSchema,
  questionRequestSchema,
  snoozeRequestSchema,
} from '@/lib/contracts';
import { answerQuestion, askQuestion } from '@/lib/services/approvals/queue/ask';
import { assignApproval, handOverApproval } from '@/lib/services/approvals/queue/assign';
import { queueChanges } from '@/lib/services/approvals/queue/changes';
import { listReviewers } from '@/lib/services/approvals/queue/reviewers';
import { snoozeApproval } from '@/lib/services/approvals/queue/snooze';
import { getQueueSettings } from '@/lib/services/queue-settings/get';
import { setQueueSettings } from '@/lib/services/queue-settings/set';
import {
  listQueueViews,
  removeQueueView,
  saveQueueView,
} from '@/lib/services/queue-views/queue-views';
import { consoleHandler, segment } from './console-handler';

export const getQueueChanges = consoleHandler(
  { query: queueChangesQuerySchema },
  (context, { query }) => queueChanges(context, query),
);
export const getReviewers = consoleHandler({}, (context, { params }) =>
  listReviewers(context, segment(params, 'id')),
);
export const postAssignment = consoleHandler(
  { body: assignRequestSchema },
  (context, { params, body }) => assignApproval(context, segment(params, 'id'), body),
);
export const postHandOver = consoleHandler(
  { body: handOverRequestSchema },
  (context, { params, body }) => handOverApproval(context, segment(params, 'id'), body),
);
export const postSnooze = consoleHandler(
  { body: snoozeRequestSchema },
  (context, { params, body }) => snoozeApproval(context, segment(params, 'id'), body.until),
);
export const postQuestion = consoleHandler(
  { body: questionRequestSchema, status: 201 },
  (context, { params, body }) => askQuestion(context, segment(params, 'id'), body.body),
);
export const postAnswer = consoleHandler(
  { body: answerRequestSchema, status: 201 },
  (context, { params, body }) => answerQuestion(context, segment(params, 'id'), body.body),
);

export const getSettings = consoleHandler({}, (context) => getQueueSettings(context));
export const putSettings = consoleHandler({ body: queueSettingsInputSchema }, (context, { body }) =>
  setQueueSettings(context, body),
);

export const getViews = consoleHandler({}, (context) => listQueueViews(context));
export const postView = consoleHandler(
  { body: queueViewInputSchema, status: 201 },
  (context, { body }) => saveQueueView(context, body),
);
export const deleteView = consoleHandler({}, (context, { params }) =>
  removeQueueView(context, segment(params, 'id')),
);
