/** What people say of an action after it could run. */
import { feedbackInputSchema } from '@/lib/contracts';
import { giveFeedback } from '@/lib/services/feedback/give';
import { listFeedback } from '@/lib/services/feedback/list';
import { consoleHandler, segment } from './console-handler';

export const getFeedback = consoleHandler({}, (context, { params }) =>
  listFeedback(context, segment(params, 'id')),
);
export const postFeedback = consoleHandler(
  { body: feedbackInputSchema, status: 201 },
  (context, { params, body }) => giveFeedback(context, segment(params, 'id'), body),
);
