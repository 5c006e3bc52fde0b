/** Answers whose shape no schema of `lib/contracts` describes, because no client parses them: key sets, metadata, health. */
import { z } from 'zod';
import { evaluationResponseSchema, publicJwkSchema, subjectAnswerSchema } from '@/lib/contracts';

/** An agent's answer, or the base policy's word about somebody who is no agent. */
export const evaluationAnswerSchema = z.union([evaluationResponseSchema, subjectAnswerSchema]);

/** A batch answers with a list; a batch without evaluations as the single evaluation does. */
export const evaluationsAnswerSchema = z.union([
  z.object({ evaluations: z.array(evaluationAnswerSchema) }),
  evaluationAnswerSchema,
]);

export const keySetSchema = z.object({ keys: z.array(publicJwkSchema) });

export const authzenConfigurationSchema = z.object({
  policy_decision_point: z.url(),
  access_evaluation_endpoint: z.url(),
  access_evaluations_endpoint: z.url(),
  search_subject_endpoint: z.url(),
  search_resource_endpoint: z.url(),
  search_action_endpoint: z.url(),
  access_request_endpoint: z.url(),
  jwks_uri: z.url(),
  capabilities: z.array(z.string()),
});

export const authorizationServerSchema = z.object({
  issuer: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  grant_types_supported: z.array(z.string()),
  token_endpoint_auth_methods_supported: z.array(z.string()),
  token_endpoint_auth_signing_alg_values_supported: z.array(z.string()),
  response_types_supported: z.array(z.string()),
});

export const healthSchema = z.object({ status: z.literal('ok') });

/** The document itself. */
export const openApiSchema = z.looseObject({ openapi: z.literal('3.1.0') });
