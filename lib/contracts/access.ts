/** Subjects that are no agents: what a workspace knows of them, and the searches of OpenID AuthZEN 1.0. */
import { z } from 'zod';
import { actionSchema, evaluationContextSchema, resourceSchema, subjectSchema } from './evaluation';
import { instantSchema, jsonObjectSchema, reasonTextSchema } from './primitives';

/** The most one access model holds. Its body is bounded besides, `MAX_ACCESS_MODEL_BYTES`. */
export const MAX_ACCESS_ENTITIES = 5_000;
export const MAX_ACCESS_TEXT = 64 * 1024;
/** The largest access model as JSON, in bytes. */
export const MAX_ACCESS_MODEL_BYTES = 1024 * 1024;

const uidSchema = z.object({
  type: z.string().min(1).max(200),
  id: z.string().min(1).max(1_000),
});
/** Cedar's JSON of an entity: https://docs.cedarpolicy.com/auth/entities-syntax.html */
const accessEntitySchema = z.strictObject({
  uid: uidSchema,
  attrs: jsonObjectSchema.default({}),
  parents: z.array(uidSchema).max(100).default([]),
});

export const accessModelInputSchema = z.object({
  /** Cedar text. `Action::"NAME"` is the action of a request; `context.action` has its properties, `context.request` the context. */
  policies: z.string().max(MAX_ACCESS_TEXT),
  /** A Cedar schema as text; empty: policies and entities are checked for their syntax alone. */
  schema: z.string().max(MAX_ACCESS_TEXT).default(''),
  entities: z.array(accessEntitySchema).max(MAX_ACCESS_ENTITIES),
  reason: reasonTextSchema,
  /** The version of the base policy the editor started from; a newer one is a 409. */
  basedOn: z.int(),
});
export type AccessModelInput = z.output<typeof accessModelInputSchema>;

export const accessModelSchema = z.object({
  /** The version of the base policy that is in force; a change is based on it. */
  basePolicyVersion: z.int(),
  /** The version of the base policy the model came with; 0 while there is none. */
  version: z.int(),
  policies: z.string(),
  schema: z.string(),
  entities: z.array(accessEntitySchema),
  reason: z.string(),
  createdBy: z.string(),
  createdAt: instantSchema.nullable(),
});
export type AccessModel = z.infer<typeof accessModelSchema>;

/** Results of one page, at most. */
export const MAX_SEARCH_RESULTS = 100;
export const DEFAULT_SEARCH_RESULTS = 50;

/** How a search is paged: `token` from the answer before, with the same question. */
const searchPageInputSchema = z.looseObject({
  token: z.string().max(4_000).optional(),
  limit: z.int().min(0).optional(),
  properties: jsonObjectSchema.optional(),
});

const anyOf = <T extends { id: z.ZodType }>(schema: z.ZodObject<T>) =>
  // An id is ignored, whatever it is.
  schema.extend({ id: z.unknown().optional() });

export const subjectSearchSchema = z.looseObject({
  subject: anyOf(subjectSchema),
  action: actionSchema,
  resource: resourceSchema,
  context: evaluationContextSchema.optional(),
  page: searchPageInputSchema.optional(),
});
export const resourceSearchSchema = z.looseObject({
  subject: subjectSchema,
  action: actionSchema,
  resource: anyOf(resourceSchema),
  context: evaluationContextSchema.optional(),
  page: searchPageInputSchema.optional(),
});
export const actionSearchSchema = z.looseObject({
  subject: subjectSchema,
  resource: resourceSchema,
  context: evaluationContextSchema.optional(),
  page: searchPageInputSchema.optional(),
});

const answered = <T extends z.ZodType>(result: T) =>
  z.object({
    results: z.array(result),
    /** `next_token` is empty on the last page. */
    page: z.object({ next_token: z.string(), count: z.int() }),
  });
export const entitySearchAnswerSchema = answered(z.object({ type: z.string(), id: z.string() }));
export const actionSearchAnswerSchema = answered(z.object({ name: z.string() }));
