/** Figures about reviewing: one's own, and the workspace's without names. Every share comes with its counts. */
import { z } from 'zod';
import { instantSchema, riskSchema } from './primitives';

export const lookInputSchema = z.object({
  /** How long the open approval was in sight since the last report, in seconds. */
  seconds: z.int().min(1).max(3_600),
});

/** `share` is null while `of` is below `minimum`: too few to say anything. */
const shareSchema = z.object({
  count: z.number(),
  of: z.int(),
  minimum: z.int(),
  share: z.number().nullable(),
});
export type Share = z.infer<typeof shareSchema>;

/** A median in seconds; null while `of` is below `minimum`. */
const medianSchema = z.object({
  seconds: z.number().nullable(),
  of: z.int(),
  minimum: z.int(),
});
export type Median = z.infer<typeof medianSchema>;

export const reviewerFiguresSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  verdicts: z.int(),
  approved: shareSchema,
  /** From the request to the verdict. */
  toVerdict: medianSchema,
  /** For which the detail was in sight before the verdict. */
  inSight: medianSchema,
  /** Of samples that two people looked at independently: those they said the same of. */
  agreement: shareSchema,
  /** Verdicts that what came later spoke against. */
  contradicted: shareSchema,
  /** Canaries that were rejected, of those that were judged. */
  canaries: shareSchema,
});
export type ReviewerFigures = z.infer<typeof reviewerFiguresSchema>;

export const CONTRADICTIONS = ['feedback', 'incident', 'rejected_alike'] as const;

export const reviewingQuerySchema = z.object({
  days: z.coerce.number().int().min(1).max(365).default(30),
});

export const myReviewingSchema = z.object({
  days: z.int(),
  now: reviewerFiguresSchema,
  /** The same over as many days before. */
  before: reviewerFiguresSchema,
  /** What one's verdicts count for in the scores of agents, in [0.5, 1]. */
  weight: z.object({
    value: z.number(),
    /** Evidence for and against it over 90 days; below `minimum` together the weight is 1. */
    good: z.number(),
    bad: z.number(),
    minimum: z.int(),
  }),
  /** The newest verdicts of the window that what came later spoke against. */
  contradictions: z.array(
    z.object({
      approvalId: z.string(),
      agentName: z.string(),
      tool: z.string(),
      risk: riskSchema,
      outcome: z.enum(['approved', 'rejected']),
      decidedAt: instantSchema,
      by: z.enum(CONTRADICTIONS),
    }),
  ),
});
export type MyReviewing = z.infer<typeof myReviewingSchema>;

export const reviewingTrendSchema = z.object({
  /** Weeks with fewer people than this show nothing, so that no figure is one person's. */
  fewest: z.int(),
  weeks: z.array(
    z.object({
      from: instantSchema,
      to: instantSchema,
      reviewers: z.int(),
      /** Null when too few people gave verdicts. */
      figures: reviewerFiguresSchema.nullable(),
    }),
  ),
  samples: z.object({ drawn: z.int(), done: z.int(), lapsed: z.int(), open: z.int() }),
});
export type ReviewingTrend = z.infer<typeof reviewingTrendSchema>;

export const reviewingLoadSchema = z.object({
  /** Verdicts within the minutes. */
  verdicts: z.int(),
  minutes: z.int(),
  /** Median seconds the last ten were in sight; null for fewer. */
  medianSeconds: z.number().nullable(),
  /** Why a pause is proposed; null for no reason. It blocks nothing. */
  pause: z.enum(['many', 'quick']).nullable(),
  /** The limit on high and critical risk, when there is one. */
  limit: z
    .object({
      perHour: z.int(),
      given: z.int(),
      /** When the next approval is possible; null while it is. */
      until: instantSchema.nullable(),
    })
    .nullable(),
});
export type ReviewingLoad = z.infer<typeof reviewingLoadSchema>;
