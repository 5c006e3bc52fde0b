/**
 * One action, decided. The order is the precedence of the product:
 * status -> kill switches -> restrictions -> pact and budgets -> base policy -> hostile text in the session ->
 * signals this action gives -> score -> rung -> policy -> grants -> decision.
 * Each step can only narrow what the one before left; only a grant stands for the approval that is all an action still waits for.
 * Pure: facts and `now` in, verdict out.
 */
import type { DataClass } from '@/lib/contracts';
import { decidePolicy, narrower, type Outcome, type Reason } from '@/lib/policy';
import type { BaseDecision } from '@/lib/policy/base';
import { actionDigest } from '@/lib/ledger';
import {
  assess,
  defaultTrustConfig,
  type Assessment,
  type Baselines,
  type Rung,
} from '@/lib/trust';
import type { Sensitivity } from '@/lib/provenance';
import { observe, type Activity } from './activity';
import { baseLimit } from './base-policy/narrowing';
import { chainBudgets, type CountedLink } from './chain-budgets';
import { tooDeep } from './delegation';
import {
  chainLimits,
  chainStop,
  credentialGone,
  weakestOf,
  weakestReason,
  type AppliedTrust,
  type ChainLink,
} from './delegation-chain';
import { evidenceOf, type NewEvidence } from './evidence-of-action';
import type { AgentFacts, Proposal, SessionFacts, ToolFacts, WorkspaceFacts } from './facts';
import { askGrants, grantReason, type Granting } from './grants';
import { callClassOf } from './habits';
import { changedTool } from './changed-tool';
import { switchOn, switchReason } from './kill-switches';
import { statusStop } from './status-stop';
import { pactBreaches, type PactBreach } from './pact-check';
import { hostileTextLimit } from './detector/narrowing';
import { matters, NO_ORIGINS, originsOf, type Origins } from './origins';
import { dataClassOf, policyInputOf } from './policy-input';
import { restrictedBy } from './restrictions';
import type { Evidence } from './trust-rows';
import { unknownToolLimit, unknownToolReason } from './unknown-tool';

export interface ActionFacts {
  readonly workspace: WorkspaceFacts;
  readonly agent: AgentFacts;
  readonly tool: ToolFacts;
  readonly session: SessionFacts | undefined;
  /** Those who passed the action on, the nearest first; none when absent. */
  readonly chain?: readonly ChainLink[];
  /** How carefully text from outside is weighed; the default when absent. */
  readonly sensitivity?: Sensitivity;
  /** How long baselines learn before they bind; the default when absent. */
  readonly baselines?: Baselines;
  /** Makes ids; time-ordered. Passed in so that the decision stays pure. */
  readonly newId: () => string;
  readonly now: number;
}

export interface Verdict {
  readonly id: string;
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  /** The rung that was applied: the earned one or a manager's pin, and in a chain the lowest of all. */
  readonly rung: Rung;
  /** Score and layers that were applied: the agent's own, and in a chain the lowest of all. */
  readonly applied: Omit<AppliedTrust, 'rung'>;
  readonly evidence: readonly Evidence[];
  readonly assessment: Assessment;
  readonly activity: Activity;
  /** Those who passed it on and have budgets, after it. */
  readonly counted: readonly CountedLink[];
  readonly origins: Origins;
  /** The grant it runs under, and those it ends. */
  readonly granting: Granting;
  readonly digest: string;
}

export function decideAction(facts: ActionFacts, proposal: Proposal): Verdict {
  const { chain = [] } = facts;
  const stopped = stoppedBy(facts, proposal) ?? chainStop(chain, facts, proposal);
  if (stopped !== undefined)
    return conclude(facts, proposal, {
      ...untouched(facts),
      onlyApproval: false,
      outcome: 'deny',
      reasons: [stopped],
    });
  const dataClass = dataClassOf(facts.tool, proposal.resource);
  const breaches = pactBreaches(facts.agent.pact, { ...proposal, dataClass, now: facts.now });
  const observation = observed(facts, proposal, dataClass);
  const deep = tooDeep(facts.agent.pact, proposal.delegationDepth ?? 0);
  const origins = originsOf(facts, proposal, dataClass);
  const evidence = evidenceOf({
    tool: facts.tool,
    breaches,
    observed: [...observation.signals, ...(deep === undefined ? [] : [deep.evidence])],
    origins,
  });
  const trust = assessWith(facts, proposal, evidence);
  const policyFor = (agent: AgentFacts) =>
    askPolicy({ ...facts, agent }, proposal, { origins, ...trust });
  const policy = policyFor(facts.agent);
  const budgets = chainBudgets(chain, { tool: proposal.tool, now: facts.now });
  const limits = [
    ...budgets.limits,
    ...chainLimits(chain, { ...facts, proposal, dataClass, policy: policyFor }),
    ...limitsOf(facts, proposal, { breaches, exceeded: observation.exceeded, dataClass }),
    ...unknownToolLimit(facts.tool, policy.outcome),
  ];
  return conclude(facts, proposal, {
    // Without a limit of its own, and for no other reason than the reviewer saw, it waits for nothing but an approval.
    onlyApproval: limits.every(({ outcome }) => outcome === 'allow'),
    ...trust,
    origins,
    activity: observation.activity,
    counted: budgets.counted,
    outcome: limits.reduce((outcome, limit) => narrower(outcome, limit.outcome), policy.outcome),
    reasons: [
      ...limits.flatMap((limit) => limit.reasons),
      ...origins.reasons,
      ...policy.reasons,
      ...unknownToolReason(facts.tool, policy.outcome),
      ...origins.planted.slice(0, 1),
      ...observation.reasons,
      ...[deep?.reason, trust.weakest].filter((reason) => reason !== undefined),
    ],
  });
}

function observed(
  { agent, tool, baselines, now }: ActionFacts,
  proposal: Proposal,
  data: DataClass,
) {
  return observe(
    agent.activity,
    {
      tool: proposal.tool,
      sideEffect: tool.sideEffect,
      reversible: tool.reversible,
      budgets: agent.pact.budgets,
      sessionId: proposal.sessionId,
      call: callClassOf(tool, data),
      now,
    },
    baselines,
  );
}

function stoppedBy(
  { workspace, agent, tool, now }: ActionFacts,
  proposal: Proposal,
): Reason | undefined {
  const byStatus = statusStop(agent.status, tool, dataClassOf(tool, proposal.resource));
  if (byStatus !== undefined) return byStatus;
  if (credentialGone(agent, proposal)) return CREDENTIAL_GONE;
  const found = switchOn(workspace, agent, tool);
  if (found !== undefined) return switchReason(found);
  return changedTool(tool) ?? restrictedBy(agent, tool, now);
}

const CREDENTIAL_GONE: Reason = {
  code: 'agent.credential_revoked',
  text: 'The key this token was given for has been revoked.',
  remedy: 'Sign in again with a key in force.',
};

/** A stopped action gives no evidence: the agent is judged neither for asking nor for the switch. */
function untouched(facts: ActionFacts) {
  return {
    ...throughChain(facts, fold(facts, [])),
    evidence: [],
    activity: facts.agent.activity,
    counted: [],
    origins: NO_ORIGINS,
  };
}

function assessWith(facts: ActionFacts, proposal: Proposal, found: readonly NewEvidence[]) {
  const evidence = found.map((item): Evidence => ({
    ...item,
    id: facts.newId(),
    at: facts.now,
    source: 'belay',
    sourceClass: 'belay',
  }));
  return { evidence, ...throughChain(facts, fold(facts, evidence)) };
}

/** What the links leave of the agent's own trust. */
function throughChain(facts: ActionFacts, own: ReturnType<typeof fold>) {
  const links = (facts.chain ?? []).flatMap(({ agent }) =>
    agent === undefined ? [] : [{ agent, ...fold({ ...facts, agent }, []) }],
  );
  const { rung, ...applied } = weakestOf(own, links);
  return { ...own, rung, applied, weakest: weakestReason(own.rung, links) };
}

function fold({ agent, workspace, now }: ActionFacts, evidence: readonly Evidence[]) {
  const assessment = assess(agent.state, evidence, {
    config: defaultTrustConfig,
    ladder: workspace.ladder.body,
    now,
    openIncident: agent.openIncident,
  });
  return { assessment, rung: effectiveRung(assessment, agent.pinnedRung) };
}

/** A manager's pin replaces the earned rung, until a severity 1 signal ends it. */
function effectiveRung(assessment: Assessment, pinned: Rung | null): Rung {
  return pinned === null || assessment.opensIncident === 1 ? assessment.rung : pinned;
}

function askPolicy(
  { workspace, agent, tool, session, now }: ActionFacts,
  { resource, arguments: given, endUser }: Proposal,
  { origins, applied, rung }: { origins: Origins; applied: Verdict['applied']; rung: Rung },
) {
  const { score, layers } = applied;
  const input = policyInputOf({
    agent,
    tool,
    resource,
    arguments: given,
    session,
    endUser: endUser ?? session?.endUser,
    trust: { score, rung, layers },
    origins,
    at: now,
  });
  return decidePolicy(workspace.policy.compiled, input);
}

/** What narrows the policy's answer: the pact, its budgets, the customer's own decision point, and what a detector has found. */
function limitsOf(
  { workspace, tool, session }: ActionFacts,
  { base: answer }: Proposal,
  broken: {
    breaches: readonly PactBreach[];
    exceeded: readonly Reason[];
    dataClass: DataClass;
  },
): BaseDecision[] {
  const base = baseLimit(workspace.basePolicy, answer);
  const hostile = hostileTextLimit(session, matters(tool, broken.dataClass));
  return [
    ...broken.breaches.map(({ outcome, reason }) => ({ outcome, reasons: [reason] })),
    ...broken.exceeded.map((reason) => ({ outcome: 'deny' as const, reasons: [reason] })),
    ...(base === undefined ? [] : [base]),
    ...(hostile === undefined ? [] : [hostile]),
  ];
}

/** A person who approves what ran already decides nothing. */
function tooLate(decided: Pick<Verdict, 'outcome' | 'reasons'>): typeof decided {
  if (decided.outcome === 'allow' || decided.outcome === 'deny') return decided;
  return { outcome: 'deny', reasons: [RAN_ALREADY, ...decided.reasons] };
}

const RAN_ALREADY: Reason = {
  code: 'read.ran',
  text: 'This read ran already, on an earlier answer that no longer held.',
  remedy: 'Ask before it runs again.',
};

type Conclusion = Omit<Verdict, 'id' | 'digest' | 'granting'> & {
  readonly onlyApproval: boolean;
  readonly weakest?: Reason | undefined;
};

function conclude(
  { workspace, agent, tool, session, newId }: ActionFacts,
  proposal: Proposal,
  { onlyApproval, weakest: _, ...conclusion }: Conclusion,
): Verdict {
  const digest = actionDigest({
    tool: proposal.tool,
    arguments: proposal.arguments,
    resource: proposal.resource,
    agent: agent.id,
    session: proposal.sessionId ?? null,
    policyVersion: String(workspace.policy.version),
  });
  const { grants = [] } = agent;
  const policyVersion = workspace.policy.version;
  const endUsers = [proposal.endUser, session?.endUser].filter((name) => name !== undefined);
  const circumstances = { grants, proposal, tool, policyVersion, endUsers };
  const granting = askGrants(circumstances, conclusion, onlyApproval);
  const granted: Pick<Verdict, 'outcome' | 'reasons'> =
    granting.used === undefined
      ? conclusion
      : { outcome: 'allow', reasons: [grantReason(granting.used), ...conclusion.reasons] };
  const { outcome, reasons } = proposal.ran === true ? tooLate(granted) : granted;
  return { ...conclusion, outcome, reasons, granting, id: newId(), digest };
}
