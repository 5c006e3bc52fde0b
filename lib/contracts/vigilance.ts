/** How a workspace watches its own reviewing: what it draws for review, and the load a reviewer should not go beyond. */
import { z } from 'zod';
import { instantSchema, reasonTextSchema } from './primitives';

/** Everything a manager sets. The defaults are those of a workspace that has set nothing. */
export const vigilanceBodySchema = z.object({
  /** Share of the actions without a person that is drawn for review, for a well-known agent and low risk. 0 draws nothing. */
  sampleRate: z.number().min(0).max(1).default(0.02),
  /** Most samples a day (UTC). */
  samplesPerDay: z.int().min(0).max(500).default(20),
  /** Share of the samples that two people look at, independently of each other. */
  doubleShare: z.number().min(0).max(1).default(0.2),
});
export type VigilanceBody = z.output<typeof vigilanceBodySchema>;

export const vigilanceInputSchema = z.object({
  settings: vigilanceBodySchema,
  reason: reasonTextSchema,
  /** The version the editor started from; a newer one is a 409. */
  basedOn: z.int(),
});
export type VigilanceInput = z.output<typeof vigilanceInputSchema>;

export const vigilanceSchema = z.object({
  version: z.int(),
  settings: vigilanceBodySchema,
  reason: z.string(),
  changedBy: z.string(),
  changedAt: instantSchema.nullable(),
});
export type Vigilance = z.infer<typeof vigilanceSchema>;
