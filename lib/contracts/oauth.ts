/** The token endpoint: RFC 6749, RFC 7523 (assertions), RFC 8693 (passing a task on). */
import { z } from 'zod';
import { toolNameSchema } from './tools';

export const CLIENT_ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** The same for a JWT-SVID, as SPIFFE names it. */
export const SPIFFE_ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-spiffe';
/** Longest life of a client assertion, in seconds. */
export const MAX_ASSERTION_SECONDS = 300;
/** Life of an agent token, in seconds. */
export const AGENT_TOKEN_SECONDS = 300;
/** Most agents that may stand behind the one that acts. */
export const MAX_CHAIN_LINKS = 5;
/** Most tools a token is narrowed to. */
const MAX_SCOPE_TOOLS = 100;

export const GRANT_TYPES = {
  clientCredentials: 'client_credentials',
  jwtBearer: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  tokenExchange: 'urn:ietf:params:oauth:grant-type:token-exchange',
} as const;

export const TOKEN_TYPES = {
  accessToken: 'urn:ietf:params:oauth:token-type:access_token',
  jwt: 'urn:ietf:params:oauth:token-type:jwt',
} as const;

const compactJwt = z.string().min(1).max(8_192);
const tokenType = z.enum([TOKEN_TYPES.accessToken, TOKEN_TYPES.jwt]);
/** Names of tools with a space between them. */
const scope = z
  .string()
  .max(8_192)
  .transform((names) => [...new Set(names.split(' ').filter((name) => name !== ''))])
  .pipe(z.array(toolNameSchema).min(1).max(MAX_SCOPE_TOOLS))
  .optional();
const audience = z.string().max(1_000).optional();

/** How the client proves who it is, unless the request carries a signature (RFC 9421). */
const clientFields = {
  client_assertion_type: z.enum([CLIENT_ASSERTION_TYPE, SPIFFE_ASSERTION_TYPE]).optional(),
  client_assertion: compactJwt.optional(),
  /** The id of the agent; required of one that signs in with an identity from elsewhere. */
  client_id: z.string().max(200).optional(),
};

const clientCredentialsSchema = z.looseObject({
  ...clientFields,
  grant_type: z.literal(GRANT_TYPES.clientCredentials),
  scope,
  /** The agent a task is passed on to: the token is good for nothing but its exchange by that agent. */
  may_act: z.string().max(200).optional(),
});

const jwtBearerSchema = z.looseObject({
  grant_type: z.literal(GRANT_TYPES.jwtBearer),
  assertion: compactJwt,
  client_id: clientFields.client_id,
  scope,
});

const tokenExchangeSchema = z.looseObject({
  ...clientFields,
  grant_type: z.literal(GRANT_TYPES.tokenExchange),
  subject_token: compactJwt,
  subject_token_type: tokenType,
  actor_token: compactJwt.optional(),
  actor_token_type: tokenType.optional(),
  requested_token_type: tokenType.optional(),
  scope,
  audience,
  resource: audience,
});

export const tokenRequestSchema = z.discriminatedUnion('grant_type', [
  clientCredentialsSchema,
  jwtBearerSchema,
  tokenExchangeSchema,
]);
export type TokenRequest = z.output<typeof tokenRequestSchema>;
export type ClientCredentialsRequest = z.output<typeof clientCredentialsSchema>;
export type JwtBearerRequest = z.output<typeof jwtBearerSchema>;
export type TokenExchangeRequest = z.output<typeof tokenExchangeSchema>;

export const tokenResponseSchema = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  /** Seconds. */
  expires_in: z.int(),
  /** With token exchange. */
  issued_token_type: z.string().optional(),
  /** The tools it was narrowed to, with a space between them; absent: all. */
  scope: z.string().optional(),
});
