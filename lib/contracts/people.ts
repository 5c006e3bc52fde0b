/** People, roles, API keys and the workspace itself. */
import { z } from 'zod';
import { instantSchema, keyRoleSchema, personRoleSchema, text } from './primitives';

export const personSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: personRoleSchema,
  /** `none`: nobody can sign in as this person, who is simulated. */
  signIn: z.enum(['password', 'oidc', 'none']),
  disabledAt: instantSchema.nullable(),
  createdAt: instantSchema,
});
export type Person = z.infer<typeof personSchema>;
export const personListSchema = z.object({
  items: z.array(personSchema),
  nextCursor: z.string().nullable(),
});
export const personInputSchema = z.object({
  email: z
    .email()
    .max(200)
    .transform((value) => value.toLowerCase()),
  name: text(120),
  role: personRoleSchema,
});
/** The one-time password is shown once, here. */
export const personCreatedSchema = personSchema.extend({ oneTimePassword: z.string().optional() });
export const personPatchSchema = z.object({
  role: personRoleSchema.optional(),
  disabled: z.boolean().optional(),
});

/** Length is what resists guessing (NIST SP 800-63B): at least 12 characters, no composition rules. */
export const newPasswordSchema = z.string().min(12).max(200);
export const changePasswordSchema = z.object({
  current: z.string().max(200),
  next: newPasswordSchema,
});

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  role: keyRoleSchema,
  prefix: z.string(),
  createdBy: z.string(),
  createdAt: instantSchema,
  lastUsedAt: instantSchema.nullable(),
  expiresAt: instantSchema.nullable(),
  revokedAt: instantSchema.nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;
export const apiKeyListSchema = z.object({
  items: z.array(apiKeySchema),
  nextCursor: z.string().nullable(),
});
export const apiKeyInputSchema = z.object({
  name: text(120),
  role: keyRoleSchema,
  expiresAt: instantSchema.optional(),
});
/** The key itself is shown once, here. */
export const apiKeyCreatedSchema = apiKeySchema.extend({ key: z.string() });

export const workspaceSchema = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  kind: z.enum(['own', 'demo']),
});
export type Workspace = z.infer<typeof workspaceSchema>;
export const meSchema = z.object({
  person: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    mustChangePassword: z.boolean(),
  }),
  role: personRoleSchema,
  workspace: workspaceSchema,
  workspaces: z.array(workspaceSchema.extend({ role: personRoleSchema })),
  permissions: z.array(z.string()),
});
export type Me = z.infer<typeof meSchema>;
/** How many approvals wait in each workspace of the caller. */
export const waitingSchema = z.object({
  items: z.array(
    z.object({
      workspace: workspaceSchema,
      pending: z.number().int().min(0),
      oldestAt: instantSchema.nullable(),
    }),
  ),
});
export type Waiting = z.infer<typeof waitingSchema>;
