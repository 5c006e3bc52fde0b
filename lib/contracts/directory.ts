/** The public directory: what others may look up of the agents of a workspace. */
import { z } from 'zod';
import { AGENT_STATUSES } from './agents';
import { instantSchema, rungNumberSchema } from './primitives';

/** Who may look agents up, from the narrowest: nobody, whoever signs in to any workspace here, anybody. */
export const DIRECTORY_AUDIENCES = ['nobody', 'members', 'anyone'] as const;
export type DirectoryAudience = (typeof DIRECTORY_AUDIENCES)[number];

export const directorySettingsSchema = z.object({
  audience: z.enum(DIRECTORY_AUDIENCES),
  /** Whether they see who answers for the agent. */
  showOwner: z.boolean(),
});
export type DirectorySettings = z.infer<typeof directorySettingsSchema>;

export const directoryEntrySchema = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.string().optional(),
  status: z.enum(AGENT_STATUSES),
  rung: rungNumberSchema,
  /** The keys in force, as a JWK Set (RFC 7517). */
  keys: z.array(
    z.object({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: z.string(),
      kid: z.string(),
      alg: z.literal('EdDSA'),
      use: z.literal('sig'),
    }),
  ),
  /** The same, signed with a key of `/.well-known/jwks.json`: a JWT of type `belay-attestation+jwt`. */
  attestation: z.object({ token: z.string(), expiresAt: instantSchema }),
});
export type DirectoryEntry = z.infer<typeof directoryEntrySchema>;
