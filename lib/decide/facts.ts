/** What a decision is made from. Everything is plain data, read in the transaction that will record the decision. */
import type { DataClass, Pact, RestrictionKind, Risk, VerdictRules } from '@/lib/contracts';
import type { CompiledPolicies } from '@/lib/policy';
import type { BaseDecision, DialectName } from '@/lib/policy/base';
import type { Read } from '@/lib/provenance';
import type { Ladder, Rung, TrustState } from '@/lib/trust';
import type { Activity } from './activity';
import type { GrantFacts } from './grants';
import type { KeyedRequest } from './idempotency-keys';

export interface ToolFacts {
  readonly name: string;
  readonly sideEffect: 'none' | 'write';
  readonly reversible: boolean;
  readonly egress: boolean;
  readonly dataClass: DataClass;
  readonly untrustedOutput: boolean;
  readonly risk: Risk;
  readonly tags: readonly string[];
  /** False for a tool that is not in the catalogue: then the facts are the worst assumed. */
  readonly known: boolean;
  /** Its server describes it otherwise by now than a person confirmed: its calls are stopped. */
  readonly changed?: boolean | undefined;
}

export interface SwitchFacts {
  readonly id: string;
  readonly scopeType: 'agent' | 'tool' | 'tag' | 'workspace';
  readonly scopeValue: string | null;
  readonly mode: 'halt' | 'read_only';
  readonly reason: string;
  readonly setByName: string;
}

/** What holds an agent back since a signal. Times in milliseconds since the epoch. */
export interface RestrictionFacts {
  readonly id: string;
  readonly kind: RestrictionKind;
  readonly reason: string;
  readonly since: number;
  /** Null: until it is lifted. */
  readonly until: number | null;
}

/** What holds for every action of a workspace, valid for one set of epochs. */
export interface WorkspaceFacts {
  readonly id: string;
  readonly ladder: { readonly version: number; readonly body: Ladder };
  readonly policy: { readonly version: number; readonly compiled: CompiledPolicies };
  /** Who is asked before Belay decides; `none` means everything within the pact. */
  readonly basePolicy: { readonly version: number; readonly kind: DialectName | 'none' };
  readonly tools: ReadonlyMap<string, ToolFacts>;
  readonly switches: readonly SwitchFacts[];
  readonly approvalTtlSeconds: number;
  readonly permitTtlSeconds: number;
  /** How many people have to approve, by risk. */
  readonly approvalsNeeded: VerdictRules['approvalsNeeded'];
}

export interface AgentFacts {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly version: string;
  readonly tags: readonly string[];
  readonly status: 'active' | 'suspended' | 'revoked';
  readonly pact: Pact;
  readonly state: TrustState;
  readonly activity: Activity;
  readonly openIncident: boolean;
  /** In force now, one a kind. */
  readonly restrictions: readonly RestrictionFacts[];
  /** Approvals for a scope that have uses and time left, those that end first before the others; none when absent. */
  readonly grants?: readonly GrantFacts[];
  /** What the agent signed in with lately and must not any more. */
  readonly revokedCredentials?: readonly string[];
  /** A manager's pin on the rung, in force now. */
  readonly pinnedRung: Rung | null;
  /** Milliseconds since the epoch; null before its first action. */
  readonly lastSeenAt: number | null;
}

export interface SessionFacts {
  readonly id: string;
  /** Absent when the agent never announced the session: then nothing is known to be trusted. */
  readonly request: string | undefined;
  readonly purpose: string | undefined;
  readonly endUser: string | undefined;
  readonly reads: readonly Read[];
  /** The highest probability with which a detector judged a text of the session hostile; absent while it judged none so. */
  readonly hostile?: number | undefined;
}

/** What the customer's own decision point said, and the version of the setting it was asked under. */
export interface BaseAnswer extends BaseDecision {
  readonly version: number;
}

/** One intended tool call. */
export interface Proposal {
  readonly requestId: string;
  readonly agentId: string;
  /** Who sent it: `agent:<id>` or `key:<id>`. */
  readonly actor: string;
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly resource: {
    readonly type: string;
    readonly id: string;
    readonly properties?: Readonly<Record<string, unknown>> | undefined;
  };
  readonly sessionId: string | undefined;
  readonly endUser: string | undefined;
  /** The open case the agent says the action belongs to. */
  readonly caseId?: string | undefined;
  /** How long a chain of delegation the agent says stands behind the action; absent: none. */
  readonly delegationDepth?: number | undefined;
  /** Who stands in that chain: those a token proves first, then those the agent names besides. */
  readonly delegators?: readonly string[] | undefined;
  /** Ids of the agents that passed the action on, the nearest first, as the token proves it; absent: none. */
  readonly chain?: readonly string[] | undefined;
  /** What each agent behind the action signed in with, by its id; one that was taken away since ends what it began. */
  readonly credentials?: Readonly<Record<string, string>> | undefined;
  /** The tools the token was narrowed to; absent: all. */
  readonly scope?: readonly string[] | undefined;
  readonly base?: BaseAnswer;
  /** It ran already, on an earlier answer to the same read: whatever comes of it, nobody can be asked any more. */
  readonly ran?: boolean | undefined;
  /** Whoever asks runs it at once: where it is allowed, its permit is written as spent. */
  readonly redeem?: boolean | undefined;
  /** Set when the caller gave the request a key: it is decided once, whoever sends it again. */
  readonly keyed?: Pick<KeyedRequest, 'key' | 'sha256'>;
}
