/** Samples for review, and how reviewing itself is watched. */
import {
  lookInputSchema,
  reviewingQuerySchema,
  reviewListQuerySchema,
  reviewVerdictSchema,
  vigilanceInputSchema,
} from '@/lib/contracts';
import { getLoad } from '@/lib/services/reviewing/load';
import { noteLook } from '@/lib/services/reviewing/look';
import { getMyReviewing } from '@/lib/services/reviewing/mine';
import { getReviewingTrend } from '@/lib/services/reviewing/trend';
import { getReview } from '@/lib/services/reviews/get';
import { listReviews } from '@/lib/services/reviews/list';
import { sayOfSample } from '@/lib/services/reviews/say';
import { getVigilance } from '@/lib/services/vigilance/get';
import { setVigilance } from '@/lib/services/vigilance/set';
import { consoleHandler, segment } from './console-handler';

export const getReviews = consoleHandler({ query: reviewListQuerySchema }, (context, { query }) =>
  listReviews(context, query),
);
export const getOneReview = consoleHandler({}, (context, { params }) =>
  getReview(context, segment(params, 'id')),
);
export const postReviewVerdict = consoleHandler(
  { body: reviewVerdictSchema },
  (context, { params, body }) => sayOfSample(context, segment(params, 'id'), body),
);

export const getSettings = consoleHandler({}, (context) => getVigilance(context));
export const postSettings = consoleHandler(
  { body: vigilanceInputSchema, status: 201 },
  (context, { body }) => setVigilance(context, body),
);

export const getMine = consoleHandler({ query: reviewingQuerySchema }, (context, { query }) =>
  getMyReviewing(context, query),
);
export const getTrend = consoleHandler({}, (context) => getReviewingTrend(context));
export const getMyLoad = consoleHandler({}, (context) => getLoad(context));
export const postLook = consoleHandler({ body: lookInputSchema }, (context, { params, body }) =>
  noteLook(context, segment(params, 'id'), body.seconds),
);
