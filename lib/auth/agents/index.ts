/** Agents at the door: client assertions, agent tokens, permits, and the keys that sign them. */
export { noteKeyUse, type SignedIn } from './agent-keys-of';
export {
  isOwnToken,
  issueAgentToken,
  issueToken,
  verifyForExchange,
  type IssuedToken,
} from './agent-token';
export { signAttestation } from './attestation-token';
export {
  actorRef,
  agentCaller,
  anyProgram,
  ownAgent,
  requireActiveAgent,
  spokenFor,
  type AgentCaller,
} from './caller';
export { AssertionRefused, verifyClientAssertion } from './client-assertion';
export { keyInToken, keyNamedBy } from './foreign-keys';
export { acceptedAudiences, issuer, ownAudiences } from './issuer';
export { signPermit } from './permit-token';
export { isSigned, verifySignedRequest, type BodyReader } from './signed-request';
export { publicKeySet } from './signing-keys';
export { requireSignerInForce } from './standing-of-callers';
