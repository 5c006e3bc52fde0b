/** What the MCP gateway and Belay say to each other: definitions of tools, secrets of their servers, and what is stopped. */
import { z } from 'zod';
import { instantSchema, jsonObjectSchema, reasonSchema, text } from './primitives';
import { toolInputSchema, toolNameSchema } from './tools';

/** Most tools of one MCP server that a gateway offers. */
export const MAX_UPSTREAM_TOOLS = 500;
/** The largest definition of one tool, in UTF-16 units of its canonical JSON. */
export const MAX_DEFINITION_CHARACTERS = 64 * 1024;
/** The largest body that brings definitions, in bytes. */
export const MAX_DEFINITIONS_BODY_BYTES = 4 * 1024 * 1024;

/** No dot, no underscore: the name of one server can never be the beginning of a tool of another. */
export const upstreamNameSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,31}$/,
    'must begin with a lower-case letter and have at most 32 of a-z, 0-9 and "-"',
  );

/** What an MCP server says of a tool, as far as a model or a person is shown it. Every word of it is untrusted. */
export const toolDefinitionSchema = z.object({
  title: z.string().optional(),
  description: z.string().optional(),
  inputSchema: jsonObjectSchema,
  outputSchema: jsonObjectSchema.optional(),
  /** Hints of the server about its own tool: `readOnlyHint`, `destructiveHint`, `idempotentHint`, `openWorldHint`. */
  annotations: jsonObjectSchema.optional(),
});
export type ToolDefinition = z.infer<typeof toolDefinitionSchema>;

export const toolReportSchema = z.object({
  upstream: upstreamNameSchema,
  /** Everything the server lists now, under the names of the catalogue: `upstream.tool`. */
  tools: z
    .array(z.object({ name: toolNameSchema, definition: toolDefinitionSchema }))
    .max(MAX_UPSTREAM_TOOLS),
});
export type ToolReport = z.infer<typeof toolReportSchema>;

/** `new`: nobody has looked at it yet. `changed`: it is not what a person confirmed, and its calls are stopped. */
export const DEFINITION_STATES = ['new', 'confirmed', 'changed'] as const;
export const definitionStateSchema = z.enum(DEFINITION_STATES);
export type DefinitionState = z.infer<typeof definitionStateSchema>;

/** What stands out in a definition. */
export const definitionWarningSchema = z.object({
  kind: z.enum(['orders', 'hidden_characters']),
  /** Where in the definition, as a JSON Pointer. */
  path: z.string(),
  /** The words, cut; untrusted. */
  excerpt: z.string(),
});
export type DefinitionWarning = z.infer<typeof definitionWarningSchema>;

export const toolReportAnswerSchema = z.object({
  /** Whether the report said anything that Belay did not know. */
  news: z.boolean(),
  tools: z.array(
    z.object({
      name: z.string(),
      state: definitionStateSchema,
      /** SHA-256 over the RFC 8785 form of the definition. */
      digest: z.string(),
      /** The definition a person confirmed last; agents are shown no other. */
      confirmed: toolDefinitionSchema.nullable(),
      flagged: z.boolean(),
    }),
  ),
});
export type ToolReportAnswer = z.infer<typeof toolReportAnswerSchema>;

const seenDefinitionSchema = z.object({
  digest: z.string(),
  definition: toolDefinitionSchema,
  warnings: z.array(definitionWarningSchema),
  seenAt: instantSchema,
  confirmedBy: z.string().nullable(),
  confirmedAt: instantSchema.nullable(),
});
export type SeenDefinition = z.infer<typeof seenDefinitionSchema>;

/** A tool of an MCP server beside what is decided on. */
export const toolImportSchema = z.object({
  name: z.string(),
  upstream: z.string(),
  state: definitionStateSchema,
  seen: seenDefinitionSchema,
  /** Null until a person looked; the same as `seen` unless it changed. */
  confirmed: seenDefinitionSchema.nullable(),
});
export type ToolImport = z.infer<typeof toolImportSchema>;
export const toolImportListSchema = z.object({ items: z.array(toolImportSchema) });

/** A person looked at exactly this definition, and says what the tool can do. */
export const toolConfirmationSchema = toolInputSchema.extend({
  digest: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 as 64 hexadecimal digits'),
});
export type ToolConfirmation = z.infer<typeof toolConfirmationSchema>;

/** Calls of a gateway that run or wait: which of them are stopped by now? */
export const standingRequestSchema = z.object({
  calls: z.array(z.object({ id: text(100), agent: z.uuid(), tool: toolNameSchema })).max(2_000),
});
export const standingAnswerSchema = z.object({
  stopped: z.array(z.object({ id: z.string(), reason: reasonSchema })),
});
export type StandingAnswer = z.infer<typeof standingAnswerSchema>;

/** Whom a credential speaks for: one agent, or as a gateway any of the workspace. */
export const callerSchema = z.object({
  workspace: z.string(),
  agent: z.string().nullable(),
});
export type GatewayCaller = z.infer<typeof callerSchema>;

export const withdrawRequestSchema = z.object({ reason: text(500) });
export const withdrawnSchema = z.object({ id: z.string(), withdrawn: z.boolean() });

export const secretNameSchema = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/,
    'must begin with a letter and have at most 64 letters, digits, "_", "." and "-"',
  );
/** What a secret may hold: one line that fits into a header or a variable. */
export const secretInputSchema = z.object({
  name: secretNameSchema,
  value: z
    .string()
    .min(1)
    .max(8_192)
    .regex(/^[^\p{Cc}]+$/u, 'must not contain line breaks or control characters'),
});
export type SecretInput = z.infer<typeof secretInputSchema>;
/** A secret as everybody sees it: never its value. */
export const secretSchema = z.object({
  name: z.string(),
  setBy: z.string(),
  setAt: instantSchema,
  lastOpenedAt: instantSchema.nullable(),
});
export type Secret = z.infer<typeof secretSchema>;
export const secretListSchema = z.object({ items: z.array(secretSchema) });

/** What secrets are opened for: one call whose permit was just spent, or the start of a server that needs them. */
export const secretOpeningSchema = z.object({
  names: z.array(secretNameSchema).min(1).max(50),
  for: z.union([
    z.object({ decision: z.uuid() }).strict(),
    z.object({ upstream: upstreamNameSchema }).strict(),
  ]),
});
export type SecretOpening = z.infer<typeof secretOpeningSchema>;
export const openedSecretsSchema = z.object({ values: z.record(z.string(), z.string()) });
