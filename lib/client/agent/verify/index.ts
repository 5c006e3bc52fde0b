/** For services that agents call, and for those that tools run on: who is it, and may exactly this run? */
export { actionDigest, type PermittedAction } from './action-digest.js';
export type { Requirement, TrustedCaller } from './attestation.js';
export { localKeys, remoteKeys, type BelayKeys, type RemoteKeysOptions } from './keys.js';
export {
  redeemPermit,
  verifyPermit,
  type PermitExpectation,
  type Redemption,
  type VerifiedPermit,
} from './permit.js';
export { SeenInMemory, type SeenProofs } from './proof.js';
export { REFUSALS, Refused, type RefusalCode } from './refused.js';
export {
  requireTrust,
  type ExpressRequest,
  type ExpressResponse,
  type ShownRequest,
  type TrustedHandler,
  type TrustGate,
  type TrustOptions,
} from './require-trust.js';
export { BelayError } from '../belay-error.js';
export type { AgentAction, AgentResource, Layer, LayerTrust } from '../wire.js';
