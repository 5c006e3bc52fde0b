/** What a recorded session is played on, in memory: a workspace with the recorded tools, an agent, and what was read so far. */
import { DEFAULT_VERDICT_RULES } from '@/lib/contracts';
import type { RecordedStep } from '@/lib/cli/replay/recorded';
import { NO_ACTIVITY } from '@/lib/decide/activity';
import type { AgentFacts, Proposal, ToolFacts, WorkspaceFacts } from '@/lib/decide/facts';
import { DEFAULT_POLICY_TEXT, compilePolicies } from '@/lib/policy';
import { namesDocument, type Read } from '@/lib/provenance';
import { defaultLadder, emptyState } from '@/lib/trust';
import type { LabelledSession, Recording } from './labelled';

const POLICY = { version: 1, compiled: compilePolicies(DEFAULT_POLICY_TEXT) };

export const workspaceWith = (tools: ReadonlyMap<string, ToolFacts>): WorkspaceFacts => ({
  id: 'workspace',
  ladder: { version: 1, body: defaultLadder },
  policy: POLICY,
  basePolicy: { version: 0, kind: 'none' },
  tools,
  switches: [],
  approvalTtlSeconds: 1_800,
  approvalsNeeded: DEFAULT_VERDICT_RULES.approvalsNeeded,
  permitTtlSeconds: 120,
});

/** An agent nobody knows yet. @param at milliseconds since the epoch */
export const newAgent = (
  at: number,
  changes: Partial<Pick<AgentFacts, 'id' | 'pact' | 'pinnedRung'>> = {},
): AgentFacts => ({
  id: 'agent',
  name: 'agent',
  owner: 'replay',
  version: '1',
  tags: [],
  status: 'active',
  pact: { tools: ['*'] },
  state: emptyState(at),
  activity: NO_ACTIVITY,
  openIncident: false,
  restrictions: [],
  pinnedRung: null,
  lastSeenAt: null,
  ...changes,
});

export const proposalOf = (
  session: Pick<LabelledSession, 'suite' | 'session_id'>,
  step: RecordedStep,
): Proposal => ({
  requestId: 'replay',
  agentId: 'agent',
  actor: 'agent:agent',
  tool: step.tool,
  arguments: step.args,
  resource: { type: session.suite, id: step.tool },
  sessionId: session.session_id,
  endUser: undefined,
});

/** A reviewer who knows the labels approves what lies on the user's path. */
export const oracleApproves = (step: RecordedStep): boolean =>
  step.on_user_path && !step.on_injection_path;

/** What a call that ran has read, when others may have written it. */
export function readOf(
  { results }: Pick<Recording, 'results'>,
  prompt: string,
  step: RecordedStep,
  tool: ToolFacts,
): Read | undefined {
  const text = results.get(step.tool_result_ref ?? '') ?? '';
  if (!tool.untrustedOutput || text === '') return undefined;
  const named = tool.sideEffect === 'none' && namesDocument(prompt, step.args);
  return { id: String(step.i), source: step.tool, text, named };
}

/** Calls of one turn see what earlier turns have read, never each other's results. */
export class SessionReads {
  #reads: readonly Read[] = [];
  #pending: readonly Read[] = [];
  #turn = -1;

  /** What a call of this turn has before it. */
  before(turn: number): readonly Read[] {
    if (turn !== this.#turn) {
      this.#reads = [...this.#reads, ...this.#pending];
      this.#pending = [];
    }
    this.#turn = turn;
    return this.#reads;
  }

  add(read: Read | undefined): void {
    if (read !== undefined) this.#pending = [...this.#pending, read];
  }
}
