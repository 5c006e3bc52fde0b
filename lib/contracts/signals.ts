/** Evidence from outside: CloudEvents 1.0. Extension attributes that are not listed are let in and ignored. */
import { z } from 'zod';
import { instantSchema } from './primitives';

export const MAX_SIGNAL_BATCH = 500;
export const SIGNAL_TYPE_PREFIX = 'belay.signal.';

export const cloudEventSchema = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(200),
  source: z.string().min(1).max(500),
  /** `belay.signal.<layer>.<kind>` */
  type: z.string().startsWith(SIGNAL_TYPE_PREFIX).max(200),
  /** The agent's id. */
  subject: z.string().min(1).max(200).optional(),
  time: instantSchema.optional(),
  data: z
    .looseObject({
      agent: z.string().max(200).optional(),
      /** Strength of the evidence in (0, 1]; 1 when absent. */
      magnitude: z.number().gt(0).max(1).optional(),
      decision: z.string().max(64).optional(),
      detail: z.record(z.string().max(100), z.json()).optional(),
    })
    .optional(),
});
export type CloudEvent = z.infer<typeof cloudEventSchema>;
export const signalsRequestSchema = z.union([
  cloudEventSchema,
  z.array(cloudEventSchema).min(1).max(MAX_SIGNAL_BATCH),
]);
export const signalsResponseSchema = z.object({ accepted: z.int(), duplicates: z.int() });
