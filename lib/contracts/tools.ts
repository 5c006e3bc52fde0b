/** The tool catalogue: what a call of a tool can do. */
import { z } from 'zod';
import { dataClassSchema, instantSchema, pageOf, riskSchema, text } from './primitives';

export const toolNameSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\s\p{Cc}]+$/u, 'must not contain spaces or control characters');

export const toolInputSchema = z.object({
  name: toolNameSchema,
  description: text(4_000).optional(),
  sideEffect: z.enum(['none', 'write']),
  reversible: z.boolean(),
  egress: z.boolean(),
  dataClass: dataClassSchema,
  untrustedOutput: z.boolean().default(true),
  risk: riskSchema,
  tags: z.array(text(64)).max(32).default([]),
});
export type ToolInput = z.infer<typeof toolInputSchema>;

export const toolSchema = toolInputSchema.extend({
  updatedAt: instantSchema,
  updatedBy: z.string(),
});
export type Tool = z.infer<typeof toolSchema>;
export const toolPageSchema = pageOf(toolSchema);

/** What is assumed of a tool nobody has described. Besides, no rung lets it run unseen: what a policy allows waits for a person. */
export const UNKNOWN_TOOL = {
  sideEffect: 'write',
  reversible: false,
  egress: true,
  dataClass: 'internal',
  untrustedOutput: true,
  risk: 'high',
} as const satisfies Omit<ToolInput, 'name' | 'description' | 'tags'>;
