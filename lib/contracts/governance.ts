/** Ladders, policies, incidents, ledger: what managers set and analysts read. */
import { z } from 'zod';
import {
  instantSchema,
  jsonObjectSchema,
  pageOf,
  pageQuerySchema,
  reasonTextSchema,
  rungNumberSchema,
  text,
} from './primitives';

export const ladderBodySchema = z.object({
  rungs: z
    .array(
      z.object({
        rung: rungNumberSchema,
        name: z.string().min(1).max(60),
        min: z.number().min(0).max(1),
      }),
    )
    .length(5),
  /** How far above a threshold the score must be to climb, in [0, 0.2]. */
  hysteresis: z.number().min(0).max(0.2),
  /** How long it must stay there, in seconds, up to 30 days. */
  dwellSeconds: z.number().min(0).max(2_592_000),
  /** Least evidence in each layer for a climb, in effective observations. */
  minimumEvidence: z.number().min(0).max(10_000),
  /** Least score of every layer for a climb, in [0, 1]. */
  layerFloor: z.number().min(0).max(1),
  /** Least safety checks of 24 hours that too many failures among them suspend an agent; 1 when absent. */
  minimumSafetyChecks: z.int().min(1).max(1_000).optional(),
});
export type LadderBody = z.infer<typeof ladderBodySchema>;
export const ladderInputSchema = z.object({
  ladder: ladderBodySchema,
  reason: reasonTextSchema,
  /** The version the editor started from; a newer one is a 409. */ basedOn: z.int(),
});
export const ladderVersionSchema = z.object({
  version: z.int(),
  ladder: ladderBodySchema,
  reason: z.string(),
  createdBy: z.string(),
  createdAt: instantSchema,
  current: z.boolean(),
});
export const ladderListSchema = z.object({
  items: z.array(ladderVersionSchema),
  nextCursor: z.string().nullable(),
  agentsByRung: z.record(z.string(), z.int()),
});
export type LadderVersion = z.infer<typeof ladderVersionSchema>;

export const INCIDENT_STATES = ['open', 'investigating', 'closed'] as const;
export const incidentSchema = z.object({
  id: z.string(),
  agentId: z.string(),
  agentName: z.string(),
  severity: z.int().min(1).max(3),
  kind: z.string(),
  title: z.string(),
  state: z.enum(INCIDENT_STATES),
  evidence: z.array(jsonObjectSchema),
  rootCause: z.string().nullable(),
  openedAt: instantSchema,
  closedAt: instantSchema.nullable(),
});
export type Incident = z.infer<typeof incidentSchema>;
export const incidentPageSchema = pageOf(incidentSchema);
/** An incident a person opens; those of the engine open by themselves. */
export const incidentInputSchema = z.object({
  agentId: z.string().min(1).max(64),
  severity: z.int().min(1).max(3),
  title: text(200),
  detail: text(4_000).optional(),
});
export type IncidentInput = z.infer<typeof incidentInputSchema>;
export const incidentPatchSchema = z.object({ state: z.enum(['open', 'investigating', 'closed']) });
export const rootCauseSchema = z.object({ rootCause: reasonTextSchema });

export const ledgerQuerySchema = z.object({
  after: z.coerce.number().int().min(0).optional(),
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  kind: z.string().max(100).optional(),
  /** Exactly what entries are about, for example `agent:<id>`, or the name of an agent, a person or a key. */
  subject: z.string().max(200).optional(),
});
export const ledgerEntrySchema = z.object({
  seq: z.int(),
  hash: z.string(),
  prevHash: z.string(),
  kind: z.string(),
  actor: z.string(),
  subject: z.string(),
  at: instantSchema,
  /** The exact canonical JSON that was hashed. */
  canonical: z.string(),
});
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;
export const ledgerPageSchema = z.object({
  items: z.array(ledgerEntrySchema),
  /** What agents, people and keys among the actors and subjects are called now, by `agent:<id>`, `person:<id>` or `key:<id>`. */
  names: z.record(z.string(), z.string()),
  nextCursor: z.string().nullable(),
  head: z.object({ seq: z.int(), hash: z.string() }),
});
const ledgerDifferenceSchema = z.object({ seq: z.int(), what: z.string() });
export const ledgerVerificationSchema = z.object({
  ok: z.boolean(),
  checked: z.int(),
  head: z.object({ seq: z.int(), hash: z.string() }),
  firstError: ledgerDifferenceSchema.nullable(),
  /** The first of all differences, at most 20, in the order of the chain; only where there is one. */
  differences: z.array(ledgerDifferenceSchema).optional(),
  /** How many follow after those; only where there is one. */
  moreDifferences: z.int().optional(),
  /** What this check cannot detect, in plain words. */
  limits: z.array(z.string()),
  tookMs: z.number(),
});
export type LedgerVerification = z.infer<typeof ledgerVerificationSchema>;
export const listQuerySchema = pageQuerySchema;
export const incidentListQuerySchema = pageQuerySchema.extend({
  state: z.enum(INCIDENT_STATES).optional(),
  agent: z.string().max(64).optional(),
});
