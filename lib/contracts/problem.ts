/** RFC 9457 problem details: the one shape of every error on the wire. */
import { z } from 'zod';

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  /** Stable, machine-readable, snake_case. */
  code: z.string(),
  requestId: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** Facts a client needs to go on, for example who decided first. */
  /** RFC 6749's error code, on answers of the token endpoint. */
  error: z.string().optional(),
  facts: z.record(z.string(), z.json()).optional(),
});
export type Problem = z.infer<typeof problemSchema>;
