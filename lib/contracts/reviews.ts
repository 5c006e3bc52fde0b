/** Actions that ran without a person and were drawn for a look afterwards. */
import { z } from 'zod';
import { approvalDetailSchema } from './approvals';
import { resourceSchema } from './evaluation';
import { feedbackSchema, feedbackVerdictSchema } from './feedback';
import { instantSchema, pageOf, pageQuerySchema, reasonTextSchema, riskSchema } from './primitives';

export const REVIEW_STATES = ['open', 'done', 'lapsed'] as const;
export const reviewStateSchema = z.enum(REVIEW_STATES);

export const reviewSchema = z.object({
  id: z.string(),
  state: reviewStateSchema,
  drawnAt: instantSchema,
  /** The chance this action had to be drawn, in (0, 1]. */
  chance: z.number(),
  /** How many people look at it, independently of each other, and how many have. */
  wanted: z.int(),
  given: z.int(),
  decisionId: z.string(),
  agent: z.object({ id: z.string(), name: z.string(), owner: z.string() }),
  tool: z.string(),
  resource: resourceSchema.pick({ type: true, id: true }),
  risk: riskSchema,
  decidedAt: instantSchema,
  executionStatus: z.enum(['succeeded', 'failed']).nullable(),
  /** What whoever asks has said of it. */
  mine: feedbackVerdictSchema.nullable(),
  mayReview: z.object({ allowed: z.boolean(), why: z.string().optional() }),
});
export type Review = z.infer<typeof reviewSchema>;

/** The call as a reviewer of an approval reads it. */
export const reviewedCallSchema = approvalDetailSchema.pick({
  digest: true,
  decisionId: true,
  agent: true,
  action: true,
  resource: true,
  reasons: true,
  risk: true,
  sessionId: true,
  session: true,
  tool: true,
  provenance: true,
  sources: true,
  trustAtRequest: true,
  lastOfKind: true,
  sinceSimilar: true,
  timeline: true,
});
export type ReviewedCall = z.infer<typeof reviewedCallSchema>;

export const reviewDetailSchema = reviewSchema.extend({
  call: reviewedCallSchema,
  /** What was said of it; only what is one's own until one has said something, or the sample is done. */
  said: z.array(feedbackSchema),
});
export type ReviewDetail = z.infer<typeof reviewDetailSchema>;

export const reviewListQuerySchema = pageQuerySchema.extend({
  /** `open`: those that still need the word of whoever asks. */
  state: z.enum(['open', 'closed']).default('open'),
});
export const reviewPageSchema = pageOf(reviewSchema).extend({
  counts: z.object({ open: z.int() }),
});
export type ReviewPage = z.infer<typeof reviewPageSchema>;

export const reviewVerdictSchema = z
  .object({ verdict: feedbackVerdictSchema, reason: reasonTextSchema.optional() })
  .refine(({ verdict, reason }) => verdict === 'right' || reason !== undefined, {
    path: ['reason'],
    error: 'is needed unless it was right',
  });
export type ReviewVerdict = z.output<typeof reviewVerdictSchema>;
