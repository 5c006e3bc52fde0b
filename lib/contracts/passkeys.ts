/** Passkeys of people, and the proof by one that goes with a verdict on a critical call (WebAuthn Level 3, in JSON). */
import { z } from 'zod';
import { instantSchema, jsonObjectSchema, reasonTextSchema, text } from './primitives';

const bytes = (max: number) =>
  z
    .string()
    .regex(/^[\w-]*$/, 'must be base64url')
    .max(max);
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;
const attachment = z.enum(['platform', 'cross-platform']).optional();
const extensions = z.looseObject({}).default({});

/** When a person proves themselves before they approve what is critical: those who have a passkey, or nobody without one. From less to more. */
export const STEP_UP_MODES = ['when_registered', 'required'] as const;
export type StepUpMode = (typeof STEP_UP_MODES)[number];

export const passkeySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Kept by a password manager or an account on several devices; otherwise it lives in one device. */
  synced: z.boolean(),
  createdAt: instantSchema,
  lastUsedAt: instantSchema.nullable(),
});
export type Passkey = z.infer<typeof passkeySchema>;
export const passkeyListSchema = z.object({ items: z.array(passkeySchema) });

/** What a browser answers to `navigator.credentials.create`, as JSON. */
const registrationSchema = z.object({
  id: bytes(1_400),
  rawId: bytes(1_400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: bytes(8_000),
    attestationObject: bytes(64_000),
    transports: z
      .array(z.string().max(40))
      .max(16)
      .transform((list) => TRANSPORTS.filter((transport) => list.includes(transport)))
      .optional(),
  }),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensions,
});
export const passkeyInputSchema = z.object({ name: text(60), registration: registrationSchema });
export type PasskeyInput = z.output<typeof passkeyInputSchema>;
export const passkeyRemovalSchema = z.object({ reason: reasonTextSchema });

/** Options for `navigator.credentials.create` and `.get`, as JSON; a browser reads them, we only hand them on. */
export const credentialOptionsSchema = z.looseObject({ challenge: z.string() });
export type CredentialOptions = z.infer<typeof credentialOptionsSchema>;

/** What a browser answers to `navigator.credentials.get`, as JSON. */
export const assertionSchema = z.object({
  id: bytes(1_400),
  rawId: bytes(1_400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: bytes(8_000),
    authenticatorData: bytes(8_000),
    signature: bytes(8_000),
    userHandle: bytes(200).optional(),
  }),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensions,
});
export type Assertion = z.output<typeof assertionSchema>;

/** What shall be approved, before it is proved who approves. */
export const stepUpRequestSchema = z.object({
  digest: z.string().min(1).max(128),
  edits: jsonObjectSchema.optional(),
});
export type StepUpRequest = z.output<typeof stepUpRequestSchema>;

export const stepUpSettingSchema = z.object({ mode: z.enum(STEP_UP_MODES) });
export const stepUpSettingInputSchema = stepUpSettingSchema.extend({ reason: reasonTextSchema });
export type StepUpSettingInput = z.output<typeof stepUpSettingInputSchema>;
