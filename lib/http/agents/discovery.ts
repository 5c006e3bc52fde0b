/** What programs read before they call. */
import { issuer, publicKeySet } from '@/lib/auth/agents';
import { ACCESS_REQUEST_CAPABILITY, GRANT_TYPES, ISSUER_ALGORITHMS } from '@/lib/contracts';
import { anyone, handle } from '@/lib/http';

/** GET /.well-known/jwks.json */
export const jwksHandler = handle({ auth: anyone }, () => publicKeySet());

/** GET /.well-known/authzen-configuration (OpenID AuthZEN 1.0, and its draft for access requests) */
export const authzenConfigurationHandler = handle({ auth: anyone }, () =>
  Promise.resolve({
    policy_decision_point: issuer(),
    access_evaluation_endpoint: `${issuer()}/access/v1/evaluation`,
    access_evaluations_endpoint: `${issuer()}/access/v1/evaluations`,
    search_subject_endpoint: `${issuer()}/access/v1/search/subject`,
    search_resource_endpoint: `${issuer()}/access/v1/search/resource`,
    search_action_endpoint: `${issuer()}/access/v1/search/action`,
    access_request_endpoint: `${issuer()}/access/v1/requests`,
    jwks_uri: `${issuer()}/.well-known/jwks.json`,
    capabilities: [ACCESS_REQUEST_CAPABILITY],
  }),
);

/** GET /.well-known/oauth-authorization-server (RFC 8414) */
export const authorizationServerHandler = handle({ auth: anyone }, () =>
  Promise.resolve({
    issuer: issuer(),
    token_endpoint: `${issuer()}/oauth/token`,
    jwks_uri: `${issuer()}/.well-known/jwks.json`,
    grant_types_supported: Object.values(GRANT_TYPES),
    token_endpoint_auth_methods_supported: ['private_key_jwt', 'http_message_signature'],
    // An agent's own key; issuers that a workspace believes may use others of these.
    token_endpoint_auth_signing_alg_values_supported: [...new Set(['EdDSA', ...ISSUER_ALGORITHMS])],
    response_types_supported: [],
  }),
);
