/** The rows a decision leaves: the decision itself, and its approval or permit. */
import type { DecisionState } from '@/lib/contracts';
import { isQuiet } from './evidence-of-action';
import { groupKey, type GroupFacts } from './group-key';
import { bulkInsert } from './insert-rows';
import type { Proposal, SessionFacts, ToolFacts, WorkspaceFacts } from './facts';
import type { Verdict } from './decide-action';
import type { Reaction } from './reactions';
import type { LayersRecord } from './trust-rows';

export interface DecisionRow {
  readonly workspace: WorkspaceFacts;
  readonly proposal: Proposal;
  readonly tool: ToolFacts;
  readonly session: SessionFacts | undefined;
  readonly verdict: Verdict;
  readonly reaction: Reaction;
  readonly trust: { readonly score: number; readonly rung: number; readonly layers: LayersRecord };
  readonly now: number;
  /** Set when a person has to decide. */
  readonly approval: { readonly id: string; readonly expiresAt: number } | undefined;
  /** Set when the action may run at once. */
  readonly permit: NewPermit | undefined;
}

export interface NewPermit {
  readonly id: string;
  readonly expiresAt: number;
  /** Spent by the decision itself, at its time. */
  readonly spent: boolean;
}

/** Members without a value are absent. */
export type AskedWith = Pick<
  Proposal,
  'endUser' | 'caseId' | 'delegationDepth' | 'delegators' | 'chain'
> & {
  /** Who sent it: `agent:<id>` or `key:<id>`; absent for one asked for before this was kept. */
  readonly sentBy?: string;
  /** `Proposal.credentials`: whoever put one in keeps their part when it is taken away, and what a link began ends with its own. */
  readonly signedInWith?: NonNullable<Proposal['credentials']>;
  /** It ran before it was asked about: what became of it is taken whatever was decided. */
  readonly ran?: true;
};

export const insertDecisions = bulkInsert<DecisionRow>('decisions', [
  ['workspace_id', 'uuid', (row) => row.workspace.id],
  ['id', 'uuid', (row) => row.verdict.id],
  ['agent_id', 'uuid', (row) => row.proposal.agentId],
  ['session_id', 'text', (row) => row.proposal.sessionId ?? null],
  ['tool', 'text', (row) => row.proposal.tool],
  ['arguments', 'jsonb', (row) => JSON.stringify(row.proposal.arguments)],
  ['resource', 'jsonb', (row) => JSON.stringify(row.proposal.resource)],
  ['digest', 'text', (row) => row.verdict.digest],
  ['outcome', 'text', (row) => row.verdict.outcome],
  ['state', 'text', stateOf],
  ['reasons', 'jsonb', (row) => JSON.stringify(row.verdict.reasons)],
  ['trust', 'jsonb', (row) => JSON.stringify(row.trust)],
  ['provenance', 'jsonb', (row) => provenance(row)],
  ['policy_version', 'int4', (row) => row.workspace.policy.version],
  ['ladder_version', 'int4', (row) => row.workspace.ladder.version],
  ['request_id', 'text', (row) => row.proposal.requestId],
  ['decided_at', 'timestamptz', (row) => row.now],
  ['asked_with', 'jsonb', ({ proposal }) => JSON.stringify(askedWith(proposal))],
  ['quiet_signals', 'json', quietSignals],
]);

function stateOf({ approval, permit }: DecisionRow): DecisionState {
  if (approval !== undefined) return 'pending';
  return permit?.spent === true ? 'redeemed' : 'final';
}

/** The signals of a call in which nothing was wrong; those of another are rows of their own. The view `agent_signals` has both. */
function quietSignals({ verdict: { evidence, assessment } }: DecisionRow): string | null {
  if (evidence.length === 0 || !isQuiet(evidence)) return null;
  return JSON.stringify(
    evidence.map(({ id, kind, magnitude = 1 }) => {
      const moved = assessment.contributions.find(({ signalId }) => signalId === id);
      const { layerDelta = 0, scoreDelta = 0 } = moved ?? {};
      return { id, kind, magnitude, layerDelta, scoreDelta };
    }),
  );
}

/** What the agent said beside the action: enough, with the row's other columns, to judge the action again. */
const askedWith = ({
  endUser,
  caseId,
  delegationDepth,
  delegators = [],
  chain = [],
  actor,
  credentials,
  ran,
}: Proposal): AskedWith => ({
  endUser,
  caseId,
  delegationDepth,
  ...(delegators.length === 0 ? {} : { delegators }),
  ...(chain.length === 0 ? {} : { chain }),
  sentBy: actor,
  ...(credentials === undefined ? {} : { signedInWith: credentials }),
  ...(ran === true ? { ran } : {}),
});

function provenance({ verdict: { origins } }: DecisionRow): string | null {
  if (origins.arguments.length === 0) return null;
  const { arguments: origin, thirdPartyOnly, injection } = origins;
  return JSON.stringify({ arguments: origin, thirdPartyOnly, injection });
}

export const insertApprovals = bulkInsert<
  DecisionRow & { approval: { id: string; expiresAt: number } }
>('approvals', [
  ['workspace_id', 'uuid', (row) => row.workspace.id],
  ['id', 'uuid', (row) => row.approval.id],
  ['decision_id', 'uuid', (row) => row.verdict.id],
  ['agent_id', 'uuid', (row) => row.proposal.agentId],
  ['tool', 'text', (row) => row.proposal.tool],
  ['risk', 'text', (row) => row.tool.risk],
  ['digest', 'text', (row) => row.verdict.digest],
  ['state', 'text', () => 'pending'],
  ['requested_at', 'timestamptz', (row) => row.now],
  ['expires_at', 'timestamptz', (row) => row.approval.expiresAt],
  ['group_key', 'text', (row) => groupKey(groupFacts(row))],
  ['resource_id', 'text', (row) => row.proposal.resource.id],
  ['verdicts_needed', 'int2', ({ workspace, tool }) => workspace.approvalsNeeded[tool.risk]],
]);

const groupFacts = ({ proposal, tool, session, verdict }: DecisionRow): GroupFacts => ({
  agentId: proposal.agentId,
  tool: proposal.tool,
  risk: tool.risk,
  reasons: verdict.reasons.map(({ code }) => code),
  arguments: proposal.arguments,
  resource: proposal.resource,
  asked: {
    sentBy: proposal.actor,
    delegators: proposal.delegators ?? [],
    delegationDepth: proposal.delegationDepth ?? 0,
    caseId: proposal.caseId,
    endUser: proposal.endUser,
    session:
      session === undefined
        ? undefined
        : { announced: session.request !== undefined, endUser: session.endUser },
    origins: verdict.origins.arguments,
  },
});

export interface PermitRow {
  readonly workspaceId: string;
  readonly id: string;
  readonly decisionId: string;
  readonly agentId: string;
  readonly digest: string;
  readonly rung: number;
  readonly policyVersion: number;
  /** `person:<id>` or `key:<id>` for an approved action, two with a space between them; null when no person was needed. */
  readonly approvedBy: string | null;
  /** The grant it was allowed under; null when there was none. */
  readonly grantId: string | null;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly redeemedAt: number | null;
}

export const insertPermits = bulkInsert<PermitRow>('permits', [
  ['workspace_id', 'uuid', (row) => row.workspaceId],
  ['id', 'uuid', (row) => row.id],
  ['decision_id', 'uuid', (row) => row.decisionId],
  ['agent_id', 'uuid', (row) => row.agentId],
  ['digest', 'text', (row) => row.digest],
  ['rung', 'int2', (row) => row.rung],
  ['policy_version', 'int4', (row) => row.policyVersion],
  ['approved_by', 'text', (row) => row.approvedBy],
  ['grant_id', 'uuid', (row) => row.grantId],
  ['issued_at', 'timestamptz', (row) => row.issuedAt],
  ['expires_at', 'timestamptz', (row) => row.expiresAt],
  ['redeemed_at', 'timestamptz', (row) => row.redeemedAt],
]);

/** The permit of an action that was allowed at once: whoever gave the grant it runs under has approved it. */
export function permitOf(row: DecisionRow & { permit: NewPermit }): PermitRow {
  return {
    workspaceId: row.workspace.id,
    id: row.permit.id,
    decisionId: row.verdict.id,
    agentId: row.proposal.agentId,
    digest: row.verdict.digest,
    rung: row.verdict.rung,
    policyVersion: row.workspace.policy.version,
    approvedBy: row.verdict.granting.used?.grantedBy ?? null,
    grantId: row.verdict.granting.used?.id ?? null,
    issuedAt: row.now,
    expiresAt: row.permit.expiresAt,
    redeemedAt: row.permit.spent ? row.now : null,
  };
}
