/** Whose statements about identity a workspace believes besides its agents' own keys. */
import { z } from 'zod';
import { instantSchema, text } from './primitives';

/** Signatures that issuers may use. None of them works with a shared secret. */
export const ISSUER_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;

/** A public key of an issuer; a private one, and a shared secret, are refused. */
const issuerKeySchema = z
  .looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']), kid: z.string().max(500).optional() })
  .refine((jwk) => !('d' in jwk), 'carries a private key: paste the public keys alone');
export const issuerKeySetSchema = z.looseObject({ keys: z.array(issuerKeySchema).min(1).max(50) });
export type IssuerKeySet = z.infer<typeof issuerKeySetSchema>;

const subject = z.string().min(1).max(1_000);
export const identitySubjectInputSchema = z.object({
  /** The `sub` of the issuer's tokens. */
  subject,
  agentId: z.string().min(1).max(200),
});
export type IdentitySubjectInput = z.infer<typeof identitySubjectInputSchema>;

const spiffeDomain = /^spiffe:\/\/[a-z0-9._-]{1,255}$/;
const isWebAddress = (value: string) =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

const jwksUrl = z.string().max(2_000).refine(isWebAddress, 'must be a web address');
const algorithms = z.array(z.enum(ISSUER_ALGORITHMS)).min(1);

export const identityIssuerInputSchema = z
  .object({
    kind: z.enum(['oidc', 'spiffe']),
    name: text(120),
    /** The `iss` of its tokens; of a SPIFFE trust domain its name, `spiffe://example.org`. */
    issuer: z.string().min(1).max(1_000),
    /** Where its keys are fetched from, and from nowhere else. */
    jwksUrl: jwksUrl.optional(),
    /** Or the keys themselves, such as a SPIFFE bundle. */
    jwks: issuerKeySetSchema.optional(),
    algorithms: algorithms.default(['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA']),
    subjects: z.array(identitySubjectInputSchema).max(200).default([]),
  })
  .refine(({ jwksUrl, jwks }) => (jwksUrl === undefined) !== (jwks === undefined), {
    path: ['jwksUrl'],
    message: 'needs either "jwksUrl" or "jwks"',
  })
  .refine(
    ({ kind, issuer }) => (kind === 'spiffe' ? spiffeDomain.test(issuer) : isWebAddress(issuer)),
    { path: ['issuer'], message: 'must be a web address, or spiffe://<trust domain>' },
  );
export type IdentityIssuerInput = z.infer<typeof identityIssuerInputSchema>;

/**
 * What may change of an issuer; what is left out stays. Other keys or signatures are another one to believe: its subjects are taken
 * over by who says so, and agents that signed in with it sign in again.
 */
export const identityIssuerChangeSchema = z
  .object({
    name: text(120).optional(),
    jwksUrl: jwksUrl.optional(),
    jwks: issuerKeySetSchema.optional(),
    algorithms: algorithms.optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'says nothing to change')
  .refine(({ jwksUrl: url, jwks }) => url === undefined || jwks === undefined, {
    path: ['jwksUrl'],
    message: 'goes without "jwks"',
  });
export type IdentityIssuerChange = z.infer<typeof identityIssuerChangeSchema>;

/** Why the keys of an issuer could not be had. */
export const KEY_FAILURES = ['no_answer', 'status', 'no_keys', 'address_refused'] as const;

/** What one process has seen of an issuer's keys since it started, when this workspace needed them. */
export const issuerKeysSchema = z.object({
  /** How many there are; null while none were read, or the last try failed. */
  count: z.int().nullable(),
  /** When they were there last. */
  readAt: instantSchema.nullable(),
  /** The last try, when it failed. */
  failure: z
    .object({ code: z.enum(KEY_FAILURES), status: z.int().nullable(), at: instantSchema })
    .nullable(),
});
export type IssuerKeys = z.infer<typeof issuerKeysSchema>;

export const identitySubjectSchema = z.object({
  id: z.string(),
  subject: z.string(),
  agentId: z.string(),
  agentName: z.string(),
  createdAt: instantSchema,
  lastUsedAt: instantSchema.nullable(),
});

export const identityIssuerSchema = z.object({
  id: z.string(),
  kind: z.enum(['oidc', 'spiffe']),
  name: z.string(),
  issuer: z.string(),
  jwksUrl: z.string().nullable(),
  jwks: issuerKeySetSchema.nullable(),
  keys: issuerKeysSchema,
  algorithms: z.array(z.string()),
  subjects: z.array(identitySubjectSchema),
  createdBy: z.string(),
  createdAt: instantSchema,
});
export type IdentityIssuer = z.infer<typeof identityIssuerSchema>;
export const identityIssuerListSchema = z.object({
  items: z.array(identityIssuerSchema),
  /** What a token may name as its audience. */
  audiences: z.array(z.string()),
});
export type IdentityIssuerList = z.infer<typeof identityIssuerListSchema>;
