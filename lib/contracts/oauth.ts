/** The token endpoint: client_credentials with private_key_jwt (RFC 6749, RFC 7523). */
import { z } from 'zod';

export const CLIENT_ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** Longest life of a client assertion, in seconds. */
export const MAX_ASSERTION_SECONDS = 300;
/** Life of an agent token, in seconds. */
export const AGENT_TOKEN_SECONDS = 300;

export const tokenRequestSchema = z.looseObject({
  grant_type: z.literal('client_credentials'),
  client_assertion_type: z.literal(CLIENT_ASSERTION_TYPE),
  client_assertion: z.string().min(1).max(8_192),
  client_id: z.string().max(200).optional(),
});
export const tokenResponseSchema = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int(),
});
