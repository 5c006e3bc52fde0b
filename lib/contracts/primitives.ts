/** Words of the glossary as closed sets, and the shapes that appear in many resources. */
import { z } from 'zod';

export const LAYERS = ['identity', 'behavior', 'context', 'outcome'] as const;
export const OUTCOMES = ['allow', 'require_approval', 'suggest', 'deny'] as const;
export const DECISION_STATES = [
  'final',
  'pending',
  'approved',
  'rejected',
  'expired',
  'cancelled',
  'redeemed',
] as const;
export const APPROVAL_STATES = ['pending', 'approved', 'rejected', 'expired', 'cancelled'] as const;
export const REJECT_REASONS = [
  'wrong_target',
  'wrong_arguments',
  'not_needed',
  'out_of_scope',
  'unsafe',
  'policy',
  'injection',
  'other',
] as const;
export const PERSON_ROLES = ['viewer', 'reviewer', 'analyst', 'manager', 'admin'] as const;
export const KEY_ROLES = [...PERSON_ROLES, 'gateway'] as const;
export const DATA_CLASSES = ['public', 'internal', 'confidential', 'restricted'] as const;
export const RISKS = ['low', 'medium', 'high', 'critical'] as const;

export const layerSchema = z.enum(LAYERS);
export const outcomeSchema = z.enum(OUTCOMES);
export const decisionStateSchema = z.enum(DECISION_STATES);
export const approvalStateSchema = z.enum(APPROVAL_STATES);
export const rejectReasonSchema = z.enum(REJECT_REASONS);
export const personRoleSchema = z.enum(PERSON_ROLES);
export const keyRoleSchema = z.enum(KEY_ROLES);
export const dataClassSchema = z.enum(DATA_CLASSES);
export const riskSchema = z.enum(RISKS);
export const rungNumberSchema = z.int().min(1).max(5);

export type Layer = z.infer<typeof layerSchema>;
export type Outcome = z.infer<typeof outcomeSchema>;
export type DecisionState = z.infer<typeof decisionStateSchema>;
export type ApprovalState = z.infer<typeof approvalStateSchema>;
export type RejectReason = z.infer<typeof rejectReasonSchema>;
export type PersonRole = z.infer<typeof personRoleSchema>;
export type KeyRole = z.infer<typeof keyRoleSchema>;
export type DataClass = z.infer<typeof dataClassSchema>;
export type Risk = z.infer<typeof riskSchema>;

/** An instant as RFC 3339 with milliseconds, in UTC. */
export const instantSchema = z.iso.datetime({ offset: true });

/** Free text of people and agents: bounded, and without NUL, which PostgreSQL cannot store. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !value.includes('\u0000'), 'must not contain NUL characters');

/** The reason a person gives for something that others will have to understand. */
export const reasonTextSchema = text(2_000);

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export const jsonObjectSchema = z.record(z.string(), z.json());

/** Why a decision is what it is: a stable code, a plain sentence, and what would change it. */
export const reasonSchema = z.object({
  code: z.string(),
  text: z.string(),
  remedy: z.string().optional(),
  source: z.object({ type: z.string(), id: z.string().optional() }).optional(),
});
export type Reason = z.infer<typeof reasonSchema>;

/** One layer of trust now. `score` and `coverage` in [0, 1]; `freshAt` is the time of the newest evidence, null while unknown. */
export const layerTrustSchema = z.object({
  score: z.number().min(0).max(1),
  coverage: z.number().min(0).max(1),
  freshAt: instantSchema.nullable(),
  alarm: z.boolean(),
});
export type LayerTrust = z.infer<typeof layerTrustSchema>;

/** The trust record that goes with every agent and every decision. */
export const trustSchema = z.object({
  score: z.number().min(0).max(1),
  /** The rung that counts: a manager's pin while it is in force, else the earned one. */
  rung: rungNumberSchema,
  layers: z.record(layerSchema, layerTrustSchema),
});
export type Trust = z.infer<typeof trustSchema>;

/** One page of a list; pass `nextCursor` back as `cursor` for the next. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export const pageQuerySchema = z.object({
  cursor: z.string().max(512).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
