/** The client of agents: `Belay` guards functions; `AgentClient` has the single calls. */
export {
  AgentClient,
  type AgentClientOptions,
  type AttestationRequest,
  type CallOptions,
} from './agent-client.js';
export { AgentToken, type AgentCredential } from './agent-token.js';
export type { AttestedOptions } from './attested-fetch.js';
export { Belay, type BelayOptions } from './belay.js';
export { BelayError, worthAnotherTry } from './belay-error.js';
export type { ActionOptions } from './guard/described.js';
export type {
  ApprovalNotice,
  Guardable,
  GuardedFunction,
  GuardOptions,
  Run,
  RunOptions,
} from './guard/guard.js';
export {
  explain,
  NOT_RUN,
  NotPermitted,
  valueOf,
  type DecisionRef,
  type Guarded,
  type NotRun,
  type Ran,
  type ResumeOptions,
  type Waiting,
} from './guard/guarded.js';
export { Session } from './session.js';
export type * from './wire.js';
