/** What agents send before an action, and the answer: OpenID AuthZEN 1.0. */
import { z } from 'zod';
import {
  instantSchema,
  jsonObjectSchema,
  outcomeSchema,
  pageOf,
  pageQuerySchema,
  decisionStateSchema,
  reasonSchema,
  text,
  trustSchema,
  rungNumberSchema,
  riskSchema,
} from './primitives';
import { toolNameSchema } from './tools';

/** The largest body an agent may send, in bytes. */
export const MAX_AGENT_BODY_BYTES = 256 * 1024;

export const actionSchema = z.looseObject({
  name: toolNameSchema,
  /** `arguments`, and whatever else a client says of the action: all of it is decided on. */
  properties: z.object({ arguments: jsonObjectSchema.optional() }).catchall(z.json()).optional(),
});
export const resourceSchema = z.looseObject({
  type: z.string().min(1).max(200),
  id: z.string().min(1).max(1_000),
  properties: jsonObjectSchema.optional(),
});

export const subjectSchema = z.looseObject({
  type: z.string().min(1).max(200),
  id: z.string().min(1).max(200),
  properties: jsonObjectSchema.optional(),
});
export const evaluationContextSchema = z.looseObject({
  session: z.string().min(1).max(200).optional(),
  endUser: z.string().max(200).optional(),
  /** The open case the action belongs to, where the pact asks for one. */
  case: text(200).optional(),
  /** The chain of actors behind the call (RFC 8693, section 4.1): `{sub, act?: {sub, ...}}`. Can only lower trust. */
  act: jsonObjectSchema.optional(),
  /** The length of that chain, from an agent that does not send it. Can only lower trust. */
  delegationDepth: z.int().min(0).max(1_000).optional(),
  /** An approval of exactly this action, as the task of an access request gave it. To name it is to use it. */
  approval: z.json().optional(),
  /** A read that ran already, on an earlier answer: it is judged and told of, and nobody is asked any more. */
  cached: z.boolean().optional(),
  /** Whoever asks runs it at once: where it is allowed, its permit is spent with the decision, in one step. */
  redeem: z.boolean().optional(),
});

/** Unknown fields are ignored, as AuthZEN asks. */
export const evaluationRequestSchema = z.looseObject({
  subject: subjectSchema,
  action: actionSchema,
  resource: resourceSchema,
  context: evaluationContextSchema.optional(),
});
export type EvaluationRequest = z.infer<typeof evaluationRequestSchema>;

export const MAX_EVALUATIONS = 100;
export const EVALUATION_SEMANTICS = [
  'execute_all',
  'deny_on_first_deny',
  'permit_on_first_permit',
] as const;
/**
 * Several evaluations; the top-level members are defaults for each, whole or in part. What is wrong with one evaluation is said in
 * its own answer, so the list is only counted here.
 */
export const evaluationsRequestSchema = z.looseObject({
  subject: subjectSchema.partial().optional(),
  action: actionSchema.partial().optional(),
  resource: resourceSchema.partial().optional(),
  context: evaluationContextSchema.optional(),
  evaluations: z.array(z.json()).max(MAX_EVALUATIONS).optional(),
  options: z
    .looseObject({ evaluations_semantic: z.enum(EVALUATION_SEMANTICS).optional() })
    .optional(),
});
export type EvaluationsRequest = z.infer<typeof evaluationsRequestSchema>;

export const permitSchema = z.object({
  /** The signed permit (compact JWS). */
  token: z.string(),
  expiresAt: instantSchema,
});
export type Permit = z.infer<typeof permitSchema>;

/** A permit with what its digest covers besides the call: whoever passes it on passes these on (docs/permits.md). */
export const coveringPermitSchema = permitSchema.extend({
  session: z.string().nullable(),
  policyVersion: z.string(),
});

export const approvalRefSchema = z.object({
  id: z.string(),
  expiresAt: instantSchema,
  url: z.string(),
});

/** An action that waits for a person, in the words of the access request profile of AuthZEN. */
export const requestableSchema = z.object({
  endpoint: z.url(),
  template: z.string(),
  expires_at: instantSchema,
  display: z.object({ title: z.string(), description: z.string() }),
});

export const evaluationResponseSchema = z.object({
  decision: z.boolean(),
  context: z.object({
    id: z.string(),
    /** With a denial that can be asked about, the same as `id`. */
    evaluation_id: z.string().optional(),
    reason: z.string().optional(),
    access_request: requestableSchema.optional(),
    outcome: outcomeSchema,
    reasons: z.array(reasonSchema),
    trust: trustSchema,
    approval: approvalRefSchema
      .extend({
        /** Until when the approval that was named in `context.approval` could be used; it was, with this answer. */
        approved_until: instantSchema.optional(),
      })
      .optional(),
    /** Absent where `redeemedAt` is there. */
    permit: coveringPermitSchema.optional(),
    /** When the permit was spent with the decision, as `context.redeem` asked for: the call may run now. */
    redeemedAt: instantSchema.optional(),
    /**
     * For so many seconds the same read of the same agent needs no new answer, while `GET /api/v1/events` is open and announces
     * nothing that could change it. Never for what has an effect or reads what is sensitive.
     */
    cacheableFor: z.int().positive().optional(),
  }),
});
export type EvaluationResponse = z.infer<typeof evaluationResponseSchema>;

/**
 * The answer about a subject that is no agent: the base policy's word alone. `context` is there only when a rule says why, or when
 * the question could not be asked.
 */
export const subjectAnswerSchema = z.object({
  decision: z.boolean(),
  context: z
    .object({
      reasons: z.array(reasonSchema).optional(),
      /** What is wrong with one evaluation of several. */
      error: z.object({ status: z.int(), code: z.string(), message: z.string() }).optional(),
    })
    .optional(),
});
export type SubjectAnswer = z.infer<typeof subjectAnswerSchema>;

/** Arguments a reviewer changed: what may run, and where it differs from what was sent (`changesBetween`). */
export const editedSchema = z.object({
  arguments: jsonObjectSchema,
  changes: z.array(
    z.object({ path: z.string(), before: z.json().optional(), after: z.json().optional() }),
  ),
});

export const waitQuerySchema = z.object({ wait: z.coerce.number().min(0).max(60).default(0) });
/** The answer of the wait endpoint. */
export const decisionStatusSchema = z.object({
  id: z.string(),
  outcome: outcomeSchema,
  state: decisionStateSchema,
  reasons: z.array(reasonSchema),
  approval: approvalRefSchema.optional(),
  /** A reviewer wants to know something before they decide; answer with `POST /api/v1/decisions/{id}/answer`. */
  question: z.object({ text: z.string(), askedAt: instantSchema }).optional(),
  permit: coveringPermitSchema.optional(),
  /** How a person decided, once one has. */
  verdict: z
    .object({
      reason: z.string().optional(),
      comment: z.string().optional(),
      /** The reviewer changed the arguments: only these can be redeemed. */
      edit: editedSchema.optional(),
    })
    .optional(),
});
export type DecisionStatus = z.infer<typeof decisionStatusSchema>;

/** The action exactly as evaluated, to redeem its permit. */
export const redeemRequestSchema = z.looseObject({
  action: actionSchema,
  resource: resourceSchema,
  permit: z.string().max(8_192).optional(),
});
export const redeemResponseSchema = z.object({
  id: z.string(),
  state: z.literal('redeemed'),
  redeemedAt: instantSchema,
});

export const MAX_OUTPUT_CHARACTERS = 64 * 1024;
export const outcomeRequestSchema = z.object({
  status: z.enum(['succeeded', 'failed']),
  error: z.string().max(4_000).optional(),
  /** The tool's result text; read by provenance for later calls of the session. Longer texts are cut at 64 Ki characters, and the answer says so. */
  output: z.string().max(MAX_AGENT_BODY_BYTES).optional(),
  metrics: z.record(z.string().max(100), z.number()).optional(),
});
export type OutcomeRequest = z.infer<typeof outcomeRequestSchema>;
export const outcomeResponseSchema = z.object({
  id: z.string(),
  recorded: z.boolean(),
  outputTruncated: z.boolean(),
});

export const sessionRequestSchema = z.object({
  id: text(200).optional(),
  /** The agent's id. */
  agent: z.string().min(1).max(200),
  endUser: text(200).optional(),
  purpose: text(2_000).optional(),
  /** The trusted text: what the end user asked for. */
  request: z
    .string()
    .max(32_768)
    .refine((value) => !value.includes('\u0000'), 'must not contain NUL characters'),
});
export type SessionRequest = z.infer<typeof sessionRequestSchema>;
export const sessionResponseSchema = z.object({
  id: z.string(),
  agent: z.string(),
  createdAt: instantSchema,
});

/** One decision as the console shows it. */
export const decisionSchema = z.object({
  id: z.string(),
  agentId: z.string(),
  agentName: z.string(),
  sessionId: z.string().nullable(),
  tool: z.string(),
  arguments: jsonObjectSchema,
  resource: resourceSchema,
  outcome: outcomeSchema,
  state: decisionStateSchema,
  reasons: z.array(reasonSchema),
  score: z.number(),
  rung: rungNumberSchema,
  risk: riskSchema.optional(),
  decidedAt: instantSchema,
  executionStatus: z.enum(['succeeded', 'failed']).nullable(),
  approvalId: z.string().nullable(),
});
export type Decision = z.infer<typeof decisionSchema>;
export const decisionPageSchema = pageOf(decisionSchema);
export const decisionListQuerySchema = pageQuerySchema.extend({
  agent: z.string().max(64).optional(),
  session: z.string().max(200).optional(),
  tool: z.string().max(200).optional(),
  outcome: outcomeSchema.optional(),
});
