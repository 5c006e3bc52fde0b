/** Moments in which text from outside moved an agent's score: the words that gave it away, and everything that followed. */
import { z } from 'zod';
import { resourceSchema } from './evaluation';
import { INCIDENT_STATES } from './governance';
import {
  instantSchema,
  layerSchema,
  outcomeSchema,
  pageOf,
  pageQuerySchema,
  rungNumberSchema,
} from './primitives';
import { RESTRICTION_KINDS } from './restrictions';

/** A place in an extract; offsets are UTF-16 units of its text, `end` exclusive. */
export const textMarkSchema = z.object({
  start: z.int().min(0),
  end: z.int().min(0),
  /** A value that was found again in the call, or a sentence that gives orders to its reader. */
  what: z.enum(['value', 'order']),
  /** JSON Pointer of the argument; null for an order. */
  path: z.string().nullable(),
});
export type TextMark = z.infer<typeof textMarkSchema>;

/** A part of a text with what matters in it. */
export const extractSchema = z.object({
  /** Characters (UTF-16 units) left out between the part before and this one, or before the first. */
  skipped: z.int().min(0),
  text: z.string(),
  marks: z.array(textMarkSchema),
});
export type Extract = z.infer<typeof extractSchema>;

/** One text the agent had read, with the places that were found again in a call. Written by others: never trust it. */
export const sourceReadSchema = z.object({
  /** The decision that let the agent read it. */
  id: z.string(),
  /** The tool that returned it, and when; null when the text is no longer kept. */
  tool: z.string().nullable(),
  at: instantSchema.nullable(),
  /** Length in characters (UTF-16 units) of what Belay keeps. */
  characters: z.int().min(0),
  /** Belay keeps the first 65,536 characters; there was more. */
  truncated: z.boolean(),
  /** Places cannot be shown, only words: the text holds secrets, or is no longer kept. */
  wordsOnly: z.boolean(),
  extracts: z.array(extractSchema),
  /** Characters left out after the last part. */
  skippedAfter: z.int().min(0),
});
export type SourceRead = z.infer<typeof sourceReadSchema>;

const standingSchema = z.object({
  at: instantSchema,
  score: z.number(),
  rung: rungNumberSchema,
});

export const momentSchema = z.object({
  /** Id of its weightiest signal. */
  id: z.string(),
  at: instantSchema,
  /** The signals about text from outside, the one that cost most first. */
  signals: z
    .array(
      z.object({
        id: z.string(),
        kind: z.string(),
        text: z.string(),
        layer: layerSchema,
        /** Units of evidence: one ordinary approved action is 1. */
        weight: z.number(),
        /** In [-1, 1]; one point on screen is 0.01. */
        layerDelta: z.number(),
        scoreDelta: z.number(),
      }),
    )
    .min(1),
  /** The point of the score before, and the one this moment left; null without one. */
  before: standingSchema.nullable(),
  after: standingSchema.nullable(),
  /** The call that gave the signals; null for a signal that came without one. */
  call: z
    .object({
      decisionId: z.string(),
      tool: z.string(),
      resource: resourceSchema,
      outcome: outcomeSchema,
      sessionId: z.string().nullable(),
      approvalId: z.string().nullable(),
    })
    .nullable(),
  incidents: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      severity: z.int().min(1).max(3),
      state: z.enum(INCIDENT_STATES),
    }),
  ),
  restrictions: z.array(
    z.object({ id: z.string(), kind: z.enum(RESTRICTION_KINDS), name: z.string() }),
  ),
});
export type Moment = z.infer<typeof momentSchema>;

export const momentDetailSchema = momentSchema.extend({
  /** What the person behind the session asked for; null without a session. */
  request: z.string().nullable(),
  /** The arguments of the call that stand, whole or in part, only in text from outside. */
  values: z.array(
    z.object({
      path: z.string(),
      value: z.string(),
      /** All of it stands in the read as it is, not only a part. */
      whole: z.boolean(),
      /** The read that has it. */
      readId: z.string().nullable(),
    }),
  ),
  reads: z.array(sourceReadSchema),
});
export type MomentDetail = z.infer<typeof momentDetailSchema>;

export const momentListQuerySchema = pageQuerySchema.extend({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  /** Only the moments that are evidence of this incident. */
  incident: z.string().max(64).optional(),
});
export const momentPageSchema = pageOf(momentSchema);
