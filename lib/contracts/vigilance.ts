/** How a workspace watches its own reviewing: what it draws for review, and the load a reviewer should not go beyond. */
import { z } from 'zod';
import { instantSchema, jsonObjectSchema, reasonTextSchema, riskSchema, text } from './primitives';
import { toolNameSchema } from './tools';

/** What a canary asks for. It is never executed. */
export const canaryTemplateSchema = z.object({
  tool: toolNameSchema,
  risk: riskSchema,
  resource: z.object({ type: text(200), id: text(1_000) }),
  arguments: jsonObjectSchema,
  /** What a careful reader notices; told after the verdict. */
  notice: text(500),
});
export type CanaryTemplate = z.infer<typeof canaryTemplateSchema>;

export const CANARY_OUTCOMES = ['caught', 'missed', 'edited', 'expired', 'void', 'unused'] as const;
export type CanaryOutcome = (typeof CANARY_OUTCOMES)[number];

/** How a canary ended, told with and after the verdict. */
export const canaryEndingSchema = z.object({
  outcome: z.enum(CANARY_OUTCOMES),
  /** What a careful reader notices in it. */
  notice: z.string(),
  /** Who gave the verdict. */
  name: z.string().nullable(),
});
export type CanaryEnding = z.infer<typeof canaryEndingSchema>;

/** Everything a manager sets. The defaults are those of a workspace that has set nothing. */
export const vigilanceBodySchema = z.object({
  /** Share of the actions without a person that is drawn for review, for a well-known agent and low risk. 0 draws nothing. */
  sampleRate: z.number().min(0).max(1).default(0.02),
  /** Most samples a day (UTC). */
  samplesPerDay: z.int().min(0).max(500).default(20),
  /** Share of the samples that two people look at, independently of each other. */
  doubleShare: z.number().min(0).max(1).default(0.2),
  /** Made-up dangerous requests put into the queue a day, at times nobody knows. 0 puts none. */
  canariesPerDay: z.int().min(0).max(24).default(0),
  /** What canaries ask for; null for the set that comes with Belay. */
  canaryTemplates: z.array(canaryTemplateSchema).min(1).max(100).nullable().default(null),
  /** A pause is proposed after this many verdicts within the minutes below. 0 proposes none. */
  pauseAfterVerdicts: z.int().min(0).max(1_000).default(40),
  pauseWithinMinutes: z.int().min(1).max(240).default(20),
  /** ... or when the last ten verdicts had this many seconds in sight or fewer, in the median. 0 proposes none. */
  pauseUnderSeconds: z.int().min(0).max(600).default(3),
  /** Verdicts on high and critical risk a person gives in an hour; beyond it they approve none. Null for no limit. */
  highRiskPerHour: z.int().min(1).max(10_000).nullable().default(null),
});
export type VigilanceBody = z.output<typeof vigilanceBodySchema>;

export const vigilanceInputSchema = z.object({
  settings: vigilanceBodySchema,
  reason: reasonTextSchema,
  /** The version the editor started from; a newer one is a 409. */
  basedOn: z.int(),
});
export type VigilanceInput = z.output<typeof vigilanceInputSchema>;

export const vigilanceSchema = z.object({
  version: z.int(),
  settings: vigilanceBodySchema,
  /** The set that comes with Belay, to begin one's own with. */
  defaultTemplates: z.array(canaryTemplateSchema),
  reason: z.string(),
  changedBy: z.string(),
  changedAt: instantSchema.nullable(),
});
export type Vigilance = z.infer<typeof vigilanceSchema>;
