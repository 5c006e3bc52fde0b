/** What a workspace has set about verdicts, and what is said of them beside the approval itself. */
import { z } from 'zod';
import { instantSchema, pageOf, pageQuerySchema, reasonTextSchema, type Risk } from './primitives';

/** The longest a verdict can be taken back, in seconds. */
export const MOST_UNDO_SECONDS = 60;
/** The highest limits an admin can set for a grant. */
export const MOST_GRANT_USES = 1_000;
export const MOST_GRANT_MINUTES = 43_200;
/** A grant that nobody used for so long is told of: it lets more through than is needed. */
export const UNUSED_GRANT_DAYS = 7;

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

/** Beside an approval: calls like this one may run without asking, until the uses or the time are over, whichever is first. */
export const grantScopeSchema = z.object({
  uses: z.int().min(1).max(MOST_GRANT_USES),
  minutes: z.int().min(1).max(MOST_GRANT_MINUTES),
  /** Places that may vary, as JSON Pointers: `/arguments/amount`, `/resource/id`. Everything else stays as it is. */
  vary: z.array(z.string().max(1_000)).max(20),
});
export type GrantScope = z.infer<typeof grantScopeSchema>;

export const GRANT_STATES = ['live', 'used_up', 'expired', 'ended'] as const;

const reachSchema = z.union([
  z.object({ kind: z.literal('number'), from: z.number(), to: z.number() }),
  z.object({ kind: z.literal('text'), longest: z.int(), lines: z.boolean() }),
]);
export const grantSchema = z.object({
  id: z.string(),
  state: z.enum(GRANT_STATES),
  agent: z.object({ id: z.string(), name: z.string() }),
  tool: z.string(),
  pattern: z.object({
    fixed: z.array(z.object({ path: z.string(), value: z.json() })),
    varying: z.array(z.object({ path: z.string(), reach: reachSchema })),
  }),
  uses: z.int(),
  mostUses: z.int(),
  approvalId: z.string(),
  grantedBy: z.object({ by: z.string(), name: z.string(), at: instantSchema }),
  until: instantSchema,
  lastUsedAt: instantSchema.nullable(),
  /** Nobody has used it for `UNUSED_GRANT_DAYS`: since when, while it holds. */
  unusedSince: instantSchema.nullable(),
  /** Why it holds no more, before its uses or its time were over. */
  ended: z.object({ at: instantSchema, code: z.string(), text: z.string() }).nullable(),
});
export type Grant = z.infer<typeof grantSchema>;
export const grantListQuerySchema = pageQuerySchema.extend({
  agent: z.string().max(64).optional(),
  state: z.enum(['live', 'all']).default('live'),
});
export const grantPageSchema = pageOf(grantSchema);

/** An approval of one of several people who have to approve. */
export const givenVerdictSchema = z.object({
  by: z.string(),
  name: z.string(),
  at: instantSchema,
  comment: z.string().optional(),
});
export type GivenVerdict = z.infer<typeof givenVerdictSchema>;

/** What became of a grant that was asked for. `approved_once`: a person let the call run, and nothing like it. */
export const GRANT_REQUEST_STATES = [
  'pending',
  'granted',
  'approved_once',
  'rejected',
  'expired',
  'cancelled',
] as const;
export const grantRequestSchema = z.object({
  id: z.string(),
  state: z.enum(GRANT_REQUEST_STATES),
  agent: z.object({ id: z.string(), name: z.string() }),
  tool: z.string(),
  scope: grantScopeSchema,
  /** What the program said it is for. Nobody has checked it. */
  reason: z.string(),
  requestedBy: z.string(),
  requestedAt: instantSchema,
  decisionId: z.string(),
  /** The approval people decide about; `digest` is what a verdict names. */
  approval: z.object({ id: z.string(), digest: z.string(), expiresAt: instantSchema }),
  grant: grantSchema.nullable(),
});
export type GrantRequest = z.infer<typeof grantRequestSchema>;
export const grantRequestListQuerySchema = pageQuerySchema.extend({
  agent: z.string().max(64).optional(),
  state: z.enum(['pending', 'all']).default('pending'),
});
export const grantRequestPageSchema = pageOf(grantRequestSchema);
