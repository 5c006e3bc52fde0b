/** What reviewers wrote to each other about a call. */
import { z } from 'zod';
import { instantSchema, pageOf, pageQuerySchema } from './primitives';

export const commentSchema = z.object({
  id: z.string(),
  author: z.string(),
  authorName: z.string(),
  body: z.string(),
  createdAt: instantSchema,
  /** The agent's own words, whoever brought them. */
  forAgent: z.boolean(),
  kind: z.enum(['comment', 'question', 'answer']).optional(),
});
export type Comment = z.infer<typeof commentSchema>;

/** As many as are read at once; each may be long. */
export const commentListQuerySchema = pageQuerySchema.extend({
  limit: z.coerce.number().int().min(1).max(50).default(50),
});
/** Newest first. */
export const commentPageSchema = pageOf(commentSchema);
export type CommentPage = z.infer<typeof commentPageSchema>;
