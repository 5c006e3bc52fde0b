/** What holds an agent back after a signal, and the table of thresholds that says when. */
import { z } from 'zod';
import { instantSchema, reasonTextSchema } from './primitives';

/** From the widest to the narrowest in what it stops; of several in force the first that applies gives the reason. */
export const RESTRICTION_KINDS = ['reverify', 'quarantine', 'block_output', 'throttle'] as const;
export type RestrictionKind = (typeof RESTRICTION_KINDS)[number];

export const restrictionSchema = z.object({
  id: z.string(),
  kind: z.enum(RESTRICTION_KINDS),
  name: z.string(),
  /** Why, as a sentence. */
  reason: z.string(),
  /** What it stops, as a sentence. */
  stops: z.string(),
  /** What ends it, as a sentence. */
  ends: z.string(),
  signalKind: z.string(),
  signalId: z.string(),
  decisionId: z.string().nullable(),
  since: instantSchema,
  /** Null: it holds until it is lifted. */
  until: instantSchema.nullable(),
});
export type Restriction = z.infer<typeof restrictionSchema>;
export const restrictionLiftSchema = z.object({ reason: reasonTextSchema });

/** One row of the table: what is watched, where the threshold lies, what follows. */
export const responseSchema = z.object({
  /** The kind of the signal or of the incident. */
  kind: z.string(),
  label: z.string(),
  /** The threshold in words, with its unit. */
  threshold: z.string(),
  restriction: z
    .object({ kind: z.enum(RESTRICTION_KINDS), name: z.string(), stops: z.string() })
    .nullable(),
  /** How long the restriction holds, as a sentence; null without one. */
  holds: z.string().nullable(),
  /** Severity of the incident that opens; null when none does. */
  severity: z.int().min(1).max(3).nullable(),
});
export type ResponseRow = z.infer<typeof responseSchema>;
export const responseListSchema = z.object({ items: z.array(responseSchema) });
