/** Asking for calls to run without asking: the first of them, how far the others may differ, how many, how long, and why. */
import { z } from 'zod';
import { approveRequestSchema } from './approvals';
import { actionSchema, evaluationContextSchema, resourceSchema } from './evaluation';
import { text } from './primitives';
import { grantScopeSchema } from './verdicts';

export const grantRequestInputSchema = z.object({
  /** The agent, where a gateway asks; an agent asks for itself. */
  agent: z.string().max(64).optional(),
  /** The first call. It waits for a person, and runs with their approval. */
  action: actionSchema,
  resource: resourceSchema,
  context: evaluationContextSchema.optional(),
  scope: grantScopeSchema,
  reason: text(2_000),
});
export type GrantRequestInput = z.output<typeof grantRequestInputSchema>;

/** A grant as it was asked for, or a narrower one; never a wider. */
export const grantApprovalSchema = approveRequestSchema.omit({ edits: true, undoable: true });
export type GrantApproval = z.output<typeof grantApprovalSchema>;
