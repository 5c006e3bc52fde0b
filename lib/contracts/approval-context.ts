/** What stands around a waiting call: the last like it, and what its session did before. */
import { z } from 'zod';
import { decisionSchema, resourceSchema } from './evaluation';

/** One value of a call beside the same value of an earlier call. */
export const valueChangeSchema = z.object({
  /** As in `provenance`: a JSON Pointer within the arguments, `resource/id`, `resource/type` or `resource/properties/...`. */
  path: z.string(),
  change: z.enum(['changed', 'new', 'gone', 'same']),
  /** The value then; absent for a new one. */
  was: z.json().optional(),
  /** The value now; absent for one that is gone. */
  is: z.json().optional(),
});
export type ValueChange = z.infer<typeof valueChangeSchema>;

export const sinceSimilarSchema = z.object({
  /** The newest call of the same agent and tool before this one that was approved or executed. */
  decision: decisionSchema.pick({
    id: true,
    sessionId: true,
    outcome: true,
    state: true,
    executionStatus: true,
    decidedAt: true,
  }),
  counts: z.object({
    changed: z.int().min(0),
    new: z.int().min(0),
    gone: z.int().min(0),
    same: z.int().min(0),
  }),
  /** Changed values first, then new, gone and same ones; the first 500. The counts are those of all. */
  changes: z.array(valueChangeSchema),
});
export type SinceSimilar = z.infer<typeof sinceSimilarSchema>;

export const sessionCallSchema = decisionSchema
  .pick({
    id: true,
    tool: true,
    outcome: true,
    state: true,
    executionStatus: true,
    decidedAt: true,
    approvalId: true,
  })
  .extend({
    resource: resourceSchema.pick({ type: true, id: true }),
    /** What the call gave the agent to read from outside; null when it gave nothing, or it is no longer kept. */
    read: z
      .object({
        /** A detector judged the text hostile. */
        hostile: z.boolean(),
      })
      .nullable(),
  });
export type SessionCall = z.infer<typeof sessionCallSchema>;

/** What the agent did in the session before the call. */
export const sessionTimelineSchema = z.object({
  /** The newest 40 earlier calls, oldest first. */
  calls: z.array(sessionCallSchema),
  /** Calls before those. */
  earlier: z.int().min(0),
});
export type SessionTimeline = z.infer<typeof sessionTimelineSchema>;
