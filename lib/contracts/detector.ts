/** The customer's own detector, asked about texts that agents have read. It can only narrow. */
import { z } from 'zod';
import { MAX_OUTPUT_CHARACTERS } from './evaluation';
import { outsideAddressSchema, outsideTokenSchema } from './base-policy';
import { outsideHealthSchema } from './outside-health';
import { instantSchema, reasonTextSchema } from './primitives';

export const DETECTOR_KINDS = ['none', 'http'] as const;
const shareSchema = z.number().min(0).max(1);

/** `none` asks nobody, and no text leaves Belay. */
export const detectorInputSchema = z
  .object({
    kind: z.enum(DETECTOR_KINDS),
    /** The whole address that questions are posted to. */
    url: outsideAddressSchema.optional(),
    timeoutMs: z.int().min(10).max(30_000).default(2_000),
    /** The probability from which on a text counts as hostile. */
    threshold: z.number().min(0.5).max(1).default(0.8),
    token: outsideTokenSchema.optional(),
    reason: reasonTextSchema,
    /** The version the editor started from; a newer one is a 409. */
    basedOn: z.int(),
  })
  .refine(({ kind, url }) => kind === 'none' || url !== undefined, {
    path: ['url'],
    error: 'is needed to ask somebody',
  });
export type DetectorInput = z.output<typeof detectorInputSchema>;

export const detectorSchema = z.object({
  version: z.int(),
  kind: z.enum(DETECTOR_KINDS),
  url: z.string(),
  timeoutMs: z.int(),
  threshold: shareSchema,
  hasToken: z.boolean(),
  reason: z.string(),
  createdBy: z.string(),
  createdAt: instantSchema.nullable(),
});
export type DetectorVersion = z.infer<typeof detectorSchema>;

export const detectorHealthSchema = outsideHealthSchema.extend({
  /** Texts that wait to be asked about, or are. */
  waiting: z.int(),
  /** Texts that were left out: too many waited, or the database was away. */
  dropped: z.int(),
  /** What was found in the texts that were judged. */
  found: z.object({ hostile: z.int(), suspected: z.int(), nothing: z.int() }),
});
export type DetectorHealth = z.infer<typeof detectorHealthSchema>;

export const detectorTryInputSchema = z.object({
  text: z.string().min(1).max(MAX_OUTPUT_CHARACTERS),
});

export const detectorTrySchema = z.object({
  /** What the text would count as under the threshold in force; null when there was no answer. */
  finding: z.enum(['hostile', 'suspected', 'nothing']).nullable(),
  probability: shareSchema.nullable(),
  labels: z.array(z.string()),
  spans: z.array(z.object({ start: z.int(), end: z.int() })),
  /** Why there was no answer, as a sentence. */
  failure: z.string().nullable(),
  /** How long it took, in milliseconds. */
  ms: z.number(),
});
export type DetectorTry = z.infer<typeof detectorTrySchema>;
