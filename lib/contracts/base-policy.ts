/** The customer's own decision point, asked before Belay decides. */
import { z } from 'zod';
import {
  instantSchema,
  jsonObjectSchema,
  outcomeSchema,
  reasonSchema,
  reasonTextSchema,
} from './primitives';

export const BASE_POLICY_KINDS = ['none', 'opa', 'authzen'] as const;

/** An address of the customer's that Belay asks. Nothing secret can stand in it, so it may be shown. */
export const outsideAddressSchema = z
  .url({ protocol: /^https?$/, error: 'must be a full http or https address' })
  .max(500)
  .refine((url) => {
    const { username, password, search, hash } = new URL(url);
    return [username, password, search, hash].every((part) => part === '');
  }, 'must have no user, query or fragment')
  .transform((url) => url.replace(/\/+$/, ''));

/** Sent as a bearer token. Kept sealed and never shown; without it, none is sent. */
export const outsideTokenSchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,4000}$/, 'must be visible ASCII characters');

/** `none` asks nobody: everything within the pact. */
export const basePolicyInputSchema = z
  .object({
    kind: z.enum(BASE_POLICY_KINDS),
    url: outsideAddressSchema.optional(),
    /** For OPA: the path of the rule below `/v1/data`, for example `agents/decision`. */
    path: z
      .string()
      .regex(/^[\w-]+(\/[\w-]+)*$/, 'must be names with slashes between them')
      .max(200)
      .optional(),
    timeoutMs: z.int().min(10).max(5_000).default(500),
    token: outsideTokenSchema.optional(),
    reason: reasonTextSchema,
    /** The version the editor started from; a newer one is a 409. */
    basedOn: z.int(),
  })
  .refine(({ kind, url }) => kind === 'none' || url !== undefined, {
    path: ['url'],
    error: 'is needed to ask somebody',
  })
  .refine(({ kind, path }) => kind !== 'opa' || path !== undefined, {
    path: ['path'],
    error: 'is needed for OPA',
  });
export type BasePolicyInput = z.output<typeof basePolicyInputSchema>;

export const basePolicySchema = z.object({
  version: z.int(),
  kind: z.enum(BASE_POLICY_KINDS),
  url: z.string(),
  path: z.string(),
  timeoutMs: z.int(),
  hasToken: z.boolean(),
  reason: z.string(),
  createdBy: z.string(),
  createdAt: instantSchema.nullable(),
});
export type BasePolicyVersion = z.infer<typeof basePolicySchema>;

/** A made-up call for the decision point in force. What is left out stands for something harmless. */
export const basePolicyTryInputSchema = z.object({
  tool: z.string().min(1).max(200).default('sample.read'),
  arguments: jsonObjectSchema.default({}),
  resource: z
    .object({ type: z.string().min(1).max(200), id: z.string().min(1).max(500) })
    .default({ type: 'sample', id: 'sample-1' }),
});
export type BasePolicyTryInput = z.output<typeof basePolicyTryInputSchema>;

export const basePolicyTrySchema = z.object({
  outcome: outcomeSchema,
  reasons: z.array(reasonSchema),
  /** How long the answer took, in milliseconds. */
  ms: z.number(),
});
export type BasePolicyTry = z.infer<typeof basePolicyTrySchema>;
