/** Kill switches: stops that hold from the moment they are acknowledged. */
import { z } from 'zod';
import { instantSchema, reasonTextSchema } from './primitives';

export const SWITCH_SCOPES = ['agent', 'tool', 'tag', 'workspace'] as const;
export const SWITCH_MODES = ['halt', 'read_only'] as const;

export const switchScopeSchema = z
  .object({ type: z.enum(SWITCH_SCOPES), value: z.string().min(1).max(200).optional() })
  .refine((scope) => (scope.type === 'workspace') === (scope.value === undefined), {
    message: 'a scope of type workspace has no value; every other type needs one',
    path: ['value'],
  });
export const switchInputSchema = z.object({
  scope: switchScopeSchema,
  mode: z.enum(SWITCH_MODES),
  reason: reasonTextSchema,
});
export type SwitchInput = z.infer<typeof switchInputSchema>;
export const switchReleaseSchema = z.object({ reason: reasonTextSchema });

export const killSwitchSchema = z.object({
  id: z.string(),
  scope: z.object({
    type: z.enum(SWITCH_SCOPES),
    value: z.string().optional(),
    /** The agent's name for an agent scope. */ label: z.string(),
  }),
  mode: z.enum(SWITCH_MODES),
  reason: z.string(),
  setBy: z.string(),
  setAt: instantSchema,
  inForce: z.boolean(),
  releasedBy: z.string().nullable(),
  releasedAt: instantSchema.nullable(),
  releaseReason: z.string().nullable(),
});
export type KillSwitch = z.infer<typeof killSwitchSchema>;
export const killSwitchListSchema = z.object({
  items: z.array(killSwitchSchema),
  nextCursor: z.string().nullable(),
});

export const switchImpactQuerySchema = z
  .object({
    type: z.enum(SWITCH_SCOPES),
    value: z.string().min(1).max(200).optional(),
    mode: z.enum(SWITCH_MODES).default('halt'),
  })
  .refine((scope) => (scope.type === 'workspace') === (scope.value === undefined), {
    message: 'a scope of type workspace has no value; every other type needs one',
    path: ['value'],
  });
export type SwitchImpactQuery = z.infer<typeof switchImpactQuerySchema>;
/** What a switch would do if set now, for the confirmation: numbers, not adjectives. */
export const switchImpactSchema = z.object({
  agents: z.int(),
  pendingApprovals: z.int(),
  openPermits: z.int(),
});
/** The answer when a switch is set: the switch, and what it ended. */
export const switchSetSchema = killSwitchSchema.extend({
  ended: z.object({ approvals: z.int(), permits: z.int() }),
});
export type SwitchSet = z.infer<typeof switchSetSchema>;
