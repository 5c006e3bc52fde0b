/** Results of checks on an agent: how accurate, how safe, how true to its scope, how hard to mislead. */
import { z } from 'zod';
import { instantSchema, text } from './primitives';

export const DIMENSIONS = [
  'accuracy',
  'safety',
  'scope_adherence',
  'injection_resistance',
] as const;
export const dimensionSchema = z.enum(DIMENSIONS);
export type Dimension = z.infer<typeof dimensionSchema>;

const MAX_CHECKS = 2_000;

const checkSchema = z.object({
  id: text(200),
  dimension: dimensionSchema,
  passed: z.boolean(),
  /** How well, in [0, 1]; without it a pass counts as 1 and a failure as 0. */
  score: z.number().min(0).max(1).optional(),
});

export const evaluationRunInputSchema = z.object({
  /** Made by the caller; the same id with the same content counts once. */
  id: text(200),
  agent: z.string().min(1).max(64),
  /** Which set of checks ran. */
  suite: text(200),
  /** When it ran; now when absent. */
  at: instantSchema.optional(),
  checks: z
    .array(checkSchema)
    .min(1)
    .max(MAX_CHECKS)
    .refine(
      (checks) =>
        new Set(checks.map(({ dimension, id }) => `${dimension} ${id}`)).size === checks.length,
      'names a check of one dimension twice',
    ),
});
export type EvaluationRunInput = z.infer<typeof evaluationRunInputSchema>;

export const evaluationRunSchema = z.object({
  id: z.string(),
  agent: z.string(),
  suite: z.string(),
  at: instantSchema,
  /** True when this run was recorded before: nothing was counted again. */
  duplicate: z.boolean(),
  dimensions: z.array(
    z.object({ dimension: dimensionSchema, passed: z.int(), total: z.int(), score: z.number() }),
  ),
});
export type EvaluationRun = z.infer<typeof evaluationRunSchema>;

/** A dimension over the last 30 days. */
export const dimensionScoreSchema = z.object({
  dimension: dimensionSchema,
  /** Mean score of the checks, in [0, 1]; null when none ran. */
  score: z.number().nullable(),
  passed: z.int(),
  total: z.int(),
  at: instantSchema.nullable(),
});
export type DimensionScore = z.infer<typeof dimensionScoreSchema>;

export const badgeSchema = z.object({
  id: z.string(),
  label: z.string(),
  /** What it says, as a sentence. */
  text: z.string(),
  since: instantSchema,
  expiresAt: instantSchema,
});
export type Badge = z.infer<typeof badgeSchema>;

export const COMMITMENT_STATES = ['kept', 'broken', 'unknown'] as const;
/** A measurable clause of the pact, and whether it holds. */
export const commitmentSchema = z.object({
  name: z.string(),
  measure: z.string(),
  atLeast: z.number().nullable(),
  atMost: z.number().nullable(),
  overDays: z.int(),
  state: z.enum(COMMITMENT_STATES),
  /** What was measured; null while nothing was. */
  value: z.number().nullable(),
  /** How much it was measured on. */
  observations: z.int(),
});
export type Commitment = z.infer<typeof commitmentSchema>;
/** The same with the time since which it is so, as far as it was noted. */
export const trackedCommitmentSchema = commitmentSchema.extend({ since: instantSchema.nullable() });
