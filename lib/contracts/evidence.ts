/** Evidence that comes by other protocols than CloudEvents, and the sources it comes from. */
import { z } from 'zod';
import { instantSchema, text } from './primitives';

export const EVIDENCE_PROTOCOLS = ['cloudevents', 'otlp', 'opa', 'ci', 'caep'] as const;
export type EvidenceProtocol = (typeof EVIDENCE_PROTOCOLS)[number];

/** Most items of one delivery, of whatever protocol. */
export const MAX_EVIDENCE_ITEMS = 5_000;
/** Most rejected items that an answer names. */
export const MAX_NAMED_REJECTIONS = 20;

const weightSchema = z.number().min(0.01).max(1);
const dailyCapSchema = z.int().min(0).max(1_000_000);
const secretSchema = z.string().min(16).max(500);

export const evidenceSourceInputSchema = z
  .object({
    protocol: z.enum(EVIDENCE_PROTOCOLS),
    /**
     * As the protocol names it: `source` of an event, `service.name` of telemetry, label `app` of OPA, issuer of an identity
     * provider, any name for CI. `*` stands for every other source of the protocol.
     */
    name: text(500),
    /** What its evidence weighs, 1 in full. */
    weight: weightSchema.default(1),
    /** Most items of a day (UTC). */
    dailyCap: dailyCapSchema.default(10_000),
    /** What CI signs its deliveries with. Never shown again. */
    secret: secretSchema.optional(),
  })
  .refine(({ protocol, secret }) => (protocol === 'ci') === (secret !== undefined), {
    path: ['secret'],
    message: 'goes with the protocol "ci", and with no other',
  });
export type EvidenceSourceInput = z.infer<typeof evidenceSourceInputSchema>;

/** What may change of a source; what is left out stays. */
export const evidenceSourceChangeSchema = z
  .object({
    weight: weightSchema.optional(),
    dailyCap: dailyCapSchema.optional(),
    /** Nothing of a paused source is taken; its limit and its secret stay. */
    paused: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'says nothing to change');
export type EvidenceSourceChange = z.infer<typeof evidenceSourceChangeSchema>;

export const evidenceSecretSchema = z.object({ secret: secretSchema });

export const evidenceSourceSchema = z.object({
  id: z.string(),
  protocol: z.enum(EVIDENCE_PROTOCOLS),
  name: z.string(),
  weight: z.number(),
  dailyCap: z.int(),
  /** Items taken today (UTC). */
  takenToday: z.int(),
  /** Items turned away today (UTC): beyond the limit, while paused, or wrong. */
  refusedToday: z.int(),
  /** When an item of it was taken last. */
  lastTakenAt: instantSchema.nullable(),
  pausedAt: instantSchema.nullable(),
  hasSecret: z.boolean(),
  /** How long the secret before counts as well. */
  previousSecretUntil: instantSchema.nullable(),
  createdBy: z.string(),
  createdAt: instantSchema,
});
export type EvidenceSource = z.infer<typeof evidenceSourceSchema>;
export const evidenceSourceListSchema = z.object({ items: z.array(evidenceSourceSchema) });

export const takenSchema = z.object({
  accepted: z.int(),
  duplicates: z.int(),
  /** Items that say nothing about an agent. */
  ignored: z.int(),
  rejected: z.int(),
  /** Of the first that were rejected, why. */
  errors: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type TakenAnswer = z.infer<typeof takenSchema>;

/** An `ExportTraceServiceRequest`, as far as it is checked as a whole; spans are checked one by one. */
export const otlpRequestSchema = z.looseObject({
  resourceSpans: z.array(z.looseObject({})).nullish(),
});
/** An `ExportTraceServiceResponse`. */
export const otlpResponseSchema = z.object({
  partialSuccess: z.object({ rejectedSpans: z.string(), errorMessage: z.string() }).optional(),
});

/** A decision log, as far as it is checked as a whole; entries are checked one by one. */
export const opaLogSchema = z.array(z.looseObject({})).max(MAX_EVIDENCE_ITEMS);
export const ciQuerySchema = z.object({ source: z.string() });
/** The result of a build, from a system of no particular kind. */
export const plainBuildSchema = z.object({
  /** Of the build; with its source it makes the delivery idempotent. */
  id: z.string().min(1).max(200),
  /** The agent's id. */
  agent: z.string().min(1).max(200),
  result: z.enum(['passed', 'failed']),
  at: instantSchema.optional(),
  url: z.string().max(1_000).optional(),
});

/** A Security Event Token in compact form. */
export const securityEventTokenSchema = z.string().max(32 * 1024);
