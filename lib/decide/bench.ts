/** How long one decision takes without a database, measured by whoever has a clock. */
import { DEFAULT_VERDICT_RULES } from '@/lib/contracts';
import { compilePolicies } from '@/lib/policy';
import { policyOfFiftyRules, timesOf, type PolicyTiming } from '@/lib/policy/bench';
import { defaultLadder, emptyState } from '@/lib/trust';
import { NO_ACTIVITY } from './activity';
import { decideAction } from './decide-action';
import type { AgentFacts, Proposal, SessionFacts, ToolFacts, WorkspaceFacts } from './facts';

const CALLS = 4_000;
/** A Monday at nine. */
const START = Date.UTC(2026, 0, 5, 9);
const RISKS = ['low', 'high', 'medium', 'critical'] as const;

/**
 * Microseconds from facts to verdict: digest, provenance, signals, score, rung, policies, reasons. Agents, tools and arguments
 * differ from call to call, and each agent goes on from the state its last call left.
 *
 * @param clock milliseconds, finer than a microsecond
 */
export function measureDecisions(clock: () => number): PolicyTiming[] {
  return [
    measured('whole decision, 50 rules, nothing read', clock, []),
    measured('whole decision, 50 rules, after a page of 4,000 characters', clock, [PAGE]),
  ];
}

function measured(name: string, clock: () => number, reads: SessionFacts['reads']): PolicyTiming {
  const agents = Array.from({ length: 40 }, (_, index) => agentNumber(index));
  const decide = (index: number) => {
    const agent = agents[index % agents.length] ?? agentNumber(0);
    const now = START + index * 1_000;
    const tool = TOOLS[index % TOOLS.length] ?? toolNumber(0);
    const session = { id: 's', request: REQUEST, purpose: 'support', endUser: 'user-1', reads };
    const facts = { workspace: WORKSPACE, agent, tool, session, now, newId: () => String(index) };
    const { assessment, activity } = decideAction(facts, proposalNumber(index));
    agents[index % agents.length] = { ...agent, state: assessment.state, activity };
  };
  return { name, ...timesOf(clock, indexes(CALLS), decide) };
}

const indexes = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const toolNumber = (index: number): ToolFacts => ({
  name: `tool.${index}`,
  sideEffect: 'write',
  reversible: true,
  egress: index % 3 === 0,
  dataClass: 'internal',
  untrustedOutput: false,
  risk: RISKS[index % 4] ?? 'low',
  tags: [`team-${index % 40}`],
  known: true,
});

const TOOLS = indexes(50).map(toolNumber);

const WORKSPACE: WorkspaceFacts = {
  id: 'workspace',
  ladder: { version: 1, body: defaultLadder },
  policy: { version: 1, compiled: compilePolicies(policyOfFiftyRules()) },
  basePolicy: { version: 0, kind: 'none' },
  tools: new Map(TOOLS.map((tool) => [tool.name, tool])),
  switches: [],
  approvalTtlSeconds: 1_800,
  approvalsNeeded: DEFAULT_VERDICT_RULES.approvalsNeeded,
  permitTtlSeconds: 120,
};

const agentNumber = (index: number): AgentFacts => ({
  id: `agent-${index}`,
  name: `agent-${index}`,
  owner: 'owner',
  version: '1',
  tags: [],
  status: 'active',
  pact: { tools: ['*'] },
  state: emptyState(START),
  activity: NO_ACTIVITY,
  openIncident: false,
  restrictions: [],
  pinnedRung: index % 2 === 0 ? 3 : 4,
  lastSeenAt: null,
});

const REQUEST = 'Please raise the limit of customer 7 to the amount in the contract and note it.';

const PAGE = {
  id: 'read-1',
  source: 'tool.9',
  named: false,
  text: indexes(80)
    .map((line) => `Line ${line} of the contract, about nothing at all.`)
    .join(' ')
    .slice(0, 4_000),
};

const proposalNumber = (index: number): Proposal => ({
  requestId: `request-${index}`,
  agentId: `agent-${index % 40}`,
  actor: `agent:agent-${index % 40}`,
  tool: `tool.${index % 50}`,
  arguments: { amount: index, note: `note ${index}`, customer: '7' },
  resource: { type: 'record', id: String(index % 500) },
  sessionId: 's',
  endUser: 'user-1',
});
