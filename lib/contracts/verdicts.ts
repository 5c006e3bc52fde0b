/** What a workspace has set about verdicts, and what is said of them beside the approval itself. */
import { z } from 'zod';
import { instantSchema, reasonTextSchema, type Risk } from './primitives';

/** The longest a verdict can be taken back, in seconds. */
export const MOST_UNDO_SECONDS = 60;
/** The highest limits an admin can set for a grant. */
export const MOST_GRANT_USES = 1_000;
export const MOST_GRANT_MINUTES = 1_440;

const needed = z.int().min(1).max(2);

/** How many people have to approve a call, by its risk. */
export const approvalsNeededSchema = z.object({
  low: needed,
  medium: needed,
  high: needed,
  critical: needed,
});

const settingsFields = {
  /** For how long a verdict of the console can be taken back, in seconds; 0 switches it off. */
  undoSeconds: z.int().min(0).max(MOST_UNDO_SECONDS),
  approvalsNeeded: approvalsNeededSchema,
  /** The most uses of a grant; 0 switches grants off. */
  grantMostUses: z.int().min(0).max(MOST_GRANT_USES),
  /** The longest a grant lasts, in minutes; 0 switches grants off. */
  grantMostMinutes: z.int().min(0).max(MOST_GRANT_MINUTES),
};

export const verdictSettingsSchema = z.object({
  version: z.int(),
  ...settingsFields,
  /** How many people here may decide approvals and sign in. */
  reviewers: z.int(),
  reason: z.string(),
  createdBy: z.string(),
  createdAt: instantSchema.nullable(),
});
export type VerdictSettings = z.infer<typeof verdictSettingsSchema>;

export const verdictSettingsInputSchema = z.object({
  ...settingsFields,
  reason: reasonTextSchema,
  /** The version the editor started from; a newer one is a 409. */
  basedOn: z.int(),
});
export type VerdictSettingsInput = z.infer<typeof verdictSettingsInputSchema>;

/** Those settings that verdicts and decisions depend on. */
export type VerdictRules = Pick<VerdictSettings, keyof typeof settingsFields>;

/** What holds until an admin says otherwise: one approval is enough, as for callers who know of no other. */
export const DEFAULT_VERDICT_RULES: VerdictRules = {
  undoSeconds: 10,
  approvalsNeeded: { low: 1, medium: 1, high: 1, critical: 1 } satisfies Record<Risk, number>,
  grantMostUses: 50,
  grantMostMinutes: 120,
};

/** An approval of one of several people who have to approve. */
export const givenVerdictSchema = z.object({
  by: z.string(),
  name: z.string(),
  at: instantSchema,
  comment: z.string().optional(),
});
export type GivenVerdict = z.infer<typeof givenVerdictSchema>;
