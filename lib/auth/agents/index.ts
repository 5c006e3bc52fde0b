/** Agents at the door: client assertions, agent tokens, permits, and the keys that sign them. */
export { issueAgentToken } from './agent-token';
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
export { issuer } from './issuer';
export { signPermit } from './permit-token';
export { publicKeySet } from './signing-keys';
