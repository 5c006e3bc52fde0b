/**
 * What goes over the wire, as plain types, so that whoever installs this package needs nothing else to compile. They say the same
 * as the schemas of the server (lib/contracts); `wire.test.ts` does not compile where they differ.
 */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = Record<string, Json>;

export type Layer = 'identity' | 'behavior' | 'context' | 'outcome';
export type Outcome = 'allow' | 'require_approval' | 'suggest' | 'deny';
export type DecisionState =
  'final' | 'pending' | 'approved' | 'rejected' | 'expired' | 'cancelled' | 'redeemed';

/** Why a decision is what it is: a stable code, a plain sentence, and what would change it. */
export interface Reason {
  code: string;
  text: string;
  remedy?: string | undefined;
  source?: { type: string; id?: string | undefined } | undefined;
}

/** One layer of trust: `score` and `coverage` in [0, 1]; `freshAt` is null while nothing is known. */
export interface LayerTrust {
  score: number;
  coverage: number;
  freshAt: string | null;
  alarm: boolean;
}

export interface Trust {
  /** In [0, 1]. */
  score: number;
  /** 1 to 5. */
  rung: number;
  layers: Record<Layer, LayerTrust>;
}

/** One intended tool call. */
export interface AgentAction {
  name: string;
  properties?:
    { arguments?: JsonObject | undefined; [property: string]: Json | undefined } | undefined;
  [other: string]: unknown;
}

export interface AgentResource {
  type: string;
  id: string;
  properties?: JsonObject | undefined;
  [other: string]: unknown;
}

export interface EvaluationContext {
  /** The id of an opened session: what the agent read in it and the trusted request belong to the action. */
  session?: string | undefined;
  endUser?: string | undefined;
  /** The open case the action belongs to, where the pact asks for one. */
  case?: string | undefined;
  /** The chain of actors behind the call (RFC 8693, section 4.1). Can only lower trust. */
  act?: JsonObject | undefined;
  delegationDepth?: number | undefined;
  /** A read that ran already, on an earlier answer: it is judged and told of, and nobody is asked any more. */
  cached?: boolean | undefined;
  /** Whoever asks runs it at once: where it is allowed, its permit is spent with the decision. */
  redeem?: boolean | undefined;
  [other: string]: unknown;
}

export interface Evaluation {
  action: AgentAction;
  resource: AgentResource;
  context?: EvaluationContext | undefined;
}

export interface ApprovalRef {
  id: string;
  expiresAt: string;
  /** Where a person decides. */
  url: string;
}

export interface Permit {
  /** The signed permit (compact JWS). */
  token: string;
  expiresAt: string;
  /** What its digest covers besides the call; passed on with it to whoever checks it. */
  session: string | null;
  policyVersion: string;
}

export interface EvaluationResponse {
  /** True only for `allow`. */
  decision: boolean;
  context: {
    id: string;
    outcome: Outcome;
    reasons: Reason[];
    trust: Trust;
    approval?: ApprovalRef | undefined;
    permit?: Permit | undefined;
    /** When the permit was spent with the decision, as `context.redeem` asked for: it may run now. */
    redeemedAt?: string | undefined;
    /** For so many seconds the same read needs no new answer, while the stream of events says nothing else. */
    cacheableFor?: number | undefined;
  };
}

/** Where arguments differ from what was sent: a JSON Pointer and the two values. */
export interface ArgumentChange {
  path: string;
  before?: Json | undefined;
  after?: Json | undefined;
}

export interface Edit {
  /** All that may run now. */
  arguments: JsonObject;
  changes: ArgumentChange[];
}

/** How a person decided. */
export interface PersonsVerdict {
  reason?: string | undefined;
  comment?: string | undefined;
  edit?: Edit | undefined;
}

export interface DecisionStatus {
  id: string;
  outcome: Outcome;
  state: DecisionState;
  reasons: Reason[];
  approval?: ApprovalRef | undefined;
  /** What a reviewer wants to know before they decide. */
  question?: { text: string; askedAt: string } | undefined;
  permit?: Permit | undefined;
  verdict?: PersonsVerdict | undefined;
}

export interface SessionRequest {
  /** Made by Belay when absent. */
  id?: string | undefined;
  endUser?: string | undefined;
  purpose?: string | undefined;
  /** What the end user asked for: the text the agent may trust. */
  request: string;
}

export interface SessionResponse {
  id: string;
  agent: string;
  createdAt: string;
}

export interface RedeemResponse {
  id: string;
  state: 'redeemed';
  redeemedAt: string;
}

export interface OutcomeReport {
  status: 'succeeded' | 'failed';
  error?: string | undefined;
  /** The tool's result as text; provenance reads it for the later calls of the session. */
  output?: string | undefined;
  metrics?: Record<string, number> | undefined;
}

export interface OutcomeResponse {
  id: string;
  recorded: boolean;
  outputTruncated: boolean;
}

/** CloudEvents 1.0; `type` is `belay.signal.<layer>.<kind>`. */
export interface SignalEvent {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  subject?: string | undefined;
  time?: string | undefined;
  data?: Record<string, unknown> | undefined;
  [extension: string]: unknown;
}

export interface SignalsResponse {
  accepted: number;
  duplicates: number;
}

export interface Attestation {
  token: string;
  expiresAt: string;
}

/** What an agent hears on `GET /api/v1/events`: of itself, and of what holds for all agents. */
export interface AgentEvent {
  seq: number;
  type: string;
  agentId: string | null;
  subjectId: string | null;
  at: string;
  /** With `trust.changed`: where the agent stands now. */
  trust?: { score: number; rung: number } | undefined;
}

/** A public or private Ed25519 key (RFC 8037). */
export interface AgentJwk {
  kty?: string | undefined;
  crv?: string | undefined;
  x?: string | undefined;
  d?: string | undefined;
  kid?: string | undefined;
  [other: string]: unknown;
}
