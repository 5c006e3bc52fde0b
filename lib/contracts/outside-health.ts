/** How something outside that Belay asks is doing, as seen by the process that answers. */
import { z } from 'zod';
import { instantSchema } from './primitives';

/**
 * `off`: nobody is asked. `unasked`: nothing was asked since the setting or the process is new. `working`: the last question was
 * answered. `failing`: it was not. `resting`: it failed several times in a row and is left alone for some seconds.
 */
export const OUTSIDE_STATUSES = ['off', 'unasked', 'working', 'failing', 'resting'] as const;

export const outsideHealthSchema = z.object({
  /** The version of the setting this is about. */
  version: z.int(),
  status: z.enum(OUTSIDE_STATUSES),
  circuit: z.enum(['closed', 'open', 'trying']),
  /** When an open circuit lets the next question through. */
  retryAt: instantSchema.nullable(),
  asked: z.int(),
  failed: z.int(),
  lastAnswerAt: instantSchema.nullable(),
  lastFailure: z
    .object({
      code: z.enum(['timeout', 'unreachable', 'refused', 'unreadable', 'no_token']),
      text: z.string(),
      at: instantSchema,
    })
    .nullable(),
  /** Over the newest answers, 200 at most; in milliseconds. */
  latency: z.object({ p50Ms: z.number(), p99Ms: z.number(), answers: z.int() }).nullable(),
});
export type OutsideHealth = z.infer<typeof outsideHealthSchema>;
