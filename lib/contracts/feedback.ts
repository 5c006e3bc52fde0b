/** What people say of an action after it could run. Silence says nothing. */
import { z } from 'zod';
import { verdictEffectSchema } from './approvals';
import { instantSchema, reasonTextSchema } from './primitives';

export const FEEDBACK_VERDICTS = ['right', 'overridden', 'corrected', 'complaint'] as const;
export const feedbackVerdictSchema = z.enum(FEEDBACK_VERDICTS);
export type FeedbackVerdict = z.infer<typeof feedbackVerdictSchema>;

export const feedbackInputSchema = z.object({
  verdict: feedbackVerdictSchema,
  reason: reasonTextSchema,
});
export type FeedbackInput = z.infer<typeof feedbackInputSchema>;

export const feedbackSchema = z.object({
  id: z.string(),
  decisionId: z.string(),
  verdict: feedbackVerdictSchema,
  reason: z.string().nullable(),
  by: z.string(),
  name: z.string(),
  at: instantSchema,
  /** What it did to the score; null when the action was counted as right already. */
  effect: verdictEffectSchema.nullable(),
});
export type Feedback = z.infer<typeof feedbackSchema>;

export const feedbackListSchema = z.object({
  items: z.array(feedbackSchema),
  /** Whether whoever asks may still say something, and if not, why. */
  mayGive: z.object({ allowed: z.boolean(), why: z.string().optional() }),
});
export type FeedbackList = z.infer<typeof feedbackListSchema>;
