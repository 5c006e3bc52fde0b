/** Policies: versions, the tests that stay with them, previews, and whether a change lets more through. */
import { z } from 'zod';
import {
  dataClassSchema,
  instantSchema,
  jsonObjectSchema,
  layerSchema,
  outcomeSchema,
  pageOf,
  reasonSchema,
  reasonTextSchema,
  riskSchema,
  rungNumberSchema,
  text,
} from './primitives';

const shareSchema = z.number().min(0).max(1);
const nameSchema = z.string().max(200);

/**
 * A call in outline. What is left out: rung 1, a score at the rung's threshold, a tool that writes, cannot be undone, reaches
 * outside and is of high risk, internal data, nothing wrong with provenance, noon.
 */
export const callOutlineSchema = z.strictObject({
  agent: z
    .strictObject({
      id: nameSchema,
      owner: nameSchema,
      version: nameSchema,
      tags: z.array(nameSchema).max(32),
    })
    .partial()
    .optional(),
  tool: z
    .strictObject({
      name: nameSchema,
      known: z.boolean(),
      sideEffect: z.enum(['none', 'write']),
      reversible: z.boolean(),
      egress: z.boolean(),
      dataClass: dataClassSchema,
      risk: riskSchema,
      untrustedOutput: z.boolean(),
      tags: z.array(nameSchema).max(32),
    })
    .partial()
    .optional(),
  resource: z
    .strictObject({ type: nameSchema, id: nameSchema, properties: jsonObjectSchema })
    .partial()
    .optional(),
  arguments: jsonObjectSchema.optional(),
  trust: z
    .strictObject({
      rung: rungNumberSchema,
      score: shareSchema,
      layers: z.partialRecord(
        layerSchema,
        z.strictObject({ score: shareSchema, coverage: shareSchema, alarm: z.boolean() }).partial(),
      ),
    })
    .partial()
    .optional(),
  provenance: z
    .strictObject({ thirdPartyOnly: z.boolean(), suspected: z.boolean(), injection: z.boolean() })
    .partial()
    .optional(),
  session: nameSchema.optional(),
  endUser: z.strictObject({ id: nameSchema, role: nameSchema }).partial().optional(),
  purpose: z.string().max(2_000).optional(),
  dataClass: dataClassSchema.optional(),
  /** Hour of the day in UTC. */
  hour: z.int().min(0).max(23).optional(),
});
export type PolicyCallOutline = z.infer<typeof callOutlineSchema>;

/** A test that stays with the policy: this call has to have this outcome, or no version comes into force. */
export const policyTestSchema = z.strictObject({
  name: text(200),
  input: callOutlineSchema,
  expect: outcomeSchema,
});
export type PolicyTest = z.infer<typeof policyTestSchema>;
export const MAX_POLICY_TESTS = 100;
const policyTestsSchema = z
  .array(policyTestSchema)
  .max(MAX_POLICY_TESTS)
  .refine(
    (tests) => new Set(tests.map(({ name }) => name)).size === tests.length,
    'must have names of their own',
  );

export const policyTestResultSchema = z.object({
  name: z.string(),
  expected: outcomeSchema,
  outcome: outcomeSchema,
  passed: z.boolean(),
  reasons: z.array(reasonSchema),
});
export type PolicyTestResult = z.infer<typeof policyTestResultSchema>;

/** One call with another outcome than before: a made-up one, or a recorded decision. */
export const policyExampleSchema = z.object({
  before: outcomeSchema,
  after: outcomeSchema,
  call: callOutlineSchema,
  reasons: z.array(reasonSchema),
  decisionId: z.string().optional(),
  agentName: z.string().optional(),
});
export type PolicyExample = z.infer<typeof policyExampleSchema>;

/**
 * What was found when the new rules were compared with those in force. `widens`: some call gets a wider outcome. `unproven`:
 * none was found, but the rules read facts that could not all be tried. Both need a second person; `narrower` does not.
 */
export const policyWideningSchema = z.object({
  verdict: z.enum(['narrower', 'widens', 'unproven']),
  /** How many calls were tried: made-up ones and recorded decisions. */
  compared: z.int(),
  examples: z.array(policyExampleSchema),
  /** For `unproven`: the facts that could not all be tried. */
  notCompared: z.array(z.string()),
});
export type PolicyWidening = z.infer<typeof policyWideningSchema>;

/** A finding that does not stand in the way: a rule about a tool the catalogue does not have. */
export const policyFindingSchema = z.object({
  policyId: z.string().optional(),
  message: z.string(),
  line: z.int(),
  column: z.int(),
});
export type PolicyFinding = z.infer<typeof policyFindingSchema>;

/** `proposed` waits for a second person; `outdated` is a proposal that another version overtook, `withdrawn` one taken back. */
export const POLICY_STATES = [
  'in_force',
  'proposed',
  'outdated',
  'withdrawn',
  'superseded',
] as const;
export const policyVersionSchema = z.object({
  version: z.int(),
  basedOn: z.int().nullable(),
  text: z.string(),
  tests: z.array(policyTestSchema),
  reason: z.string(),
  createdBy: z.string(),
  createdAt: instantSchema,
  state: z.enum(POLICY_STATES),
  current: z.boolean(),
  widening: policyWideningSchema.nullable(),
  approvedBy: z.string().nullable(),
  approvedAt: instantSchema.nullable(),
  withdrawal: z.object({ by: z.string(), at: instantSchema, reason: z.string() }).nullable(),
  /** Whether the caller may put a proposal in force. */
  mayApprove: z.object({ allowed: z.boolean(), why: z.string().optional() }),
  /** Whether the caller may take a proposal back. */
  mayWithdraw: z.boolean(),
});
export type PolicyVersion = z.infer<typeof policyVersionSchema>;
export const policyListSchema = pageOf(policyVersionSchema);

const policyTextSchema = z.string().min(1).max(200_000);
export const policyInputSchema = z.object({
  text: policyTextSchema,
  reason: reasonTextSchema,
  /** The version the editor started from; a newer one in force is a 409. */
  basedOn: z.int(),
  /** Without them, the tests of `basedOn` stay. */
  tests: policyTestsSchema.optional(),
});
export type PolicyChange = z.infer<typeof policyInputSchema>;

export const MAX_PREVIEW_DAYS = 30;
export const policyPreviewInputSchema = z.object({
  text: policyTextSchema,
  tests: policyTestsSchema.optional(),
  /** How far back recorded decisions are looked at. */
  days: z.int().min(1).max(MAX_PREVIEW_DAYS).default(7),
});
export type PolicyPreviewInput = z.infer<typeof policyPreviewInputSchema>;

const changedSchema = z.object({ wider: z.int(), narrower: z.int(), same: z.int() });
export const policyPreviewSchema = z.object({
  /** The version in force that the text was compared with. */
  basedOn: z.int(),
  days: z.int(),
  /** Recorded decisions that the policy decided. */
  decisions: z.int(),
  /** Decisions that a switch, the pact, a budget or the base policy settled, whatever the policy says. */
  settledElsewhere: z.int(),
  /** There were more decisions in that time than were looked at. */
  truncated: z.boolean(),
  counts: z.array(z.object({ before: outcomeSchema, after: outcomeSchema, count: z.int() })),
  byAgent: z.array(changedSchema.extend({ agentId: z.string(), agentName: z.string() })),
  byTool: z.array(changedSchema.extend({ tool: z.string() })),
  examples: z.array(policyExampleSchema),
  widening: policyWideningSchema,
  tests: z.array(policyTestResultSchema),
  findings: z.array(policyFindingSchema),
});
export type PolicyPreview = z.infer<typeof policyPreviewSchema>;

export const policyApprovalSchema = z.object({ comment: reasonTextSchema.optional() });
export const policyWithdrawalSchema = z.object({ reason: reasonTextSchema });
