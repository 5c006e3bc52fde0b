/** The decision path on a recorded session, in memory: the same pure functions as the server's, without HTTP and PostgreSQL. */
import { ALARMS } from '@/lib/cli/replay/play-session';
import type { RecordedStep } from '@/lib/cli/replay/recorded';
import { NO_ACTIVITY } from '@/lib/decide/activity';
import { decideAction, type Verdict } from '@/lib/decide/decide-action';
import type { AgentFacts, Proposal, SessionFacts, WorkspaceFacts } from '@/lib/decide/facts';
import { toolFacts } from '@/lib/decide/workspace-facts';
import { DEFAULT_POLICY_TEXT, compilePolicies, type Outcome } from '@/lib/policy';
import { namesDocument, type Read, type Sensitivity } from '@/lib/provenance';
import { defaultLadder, emptyState, type Rung } from '@/lib/trust';
import type { LabelledSession, Recording } from './labelled';

export interface GatedStep {
  readonly step: RecordedStep;
  readonly outcome: Outcome;
  /** An incident is open by now. */
  readonly alert: boolean;
  /** The first rule that stood in the way, for the table of causes. */
  readonly rule: string;
}

export interface Setting {
  readonly sensitivity: Sensitivity;
  readonly rung: Rung;
}

/** A Monday at nine; each call takes a second. */
const START = Date.UTC(2026, 0, 5, 9);
const POLICY = { version: 1, compiled: compilePolicies(DEFAULT_POLICY_TEXT) };

/** What a fresh agent, vouched up to a rung, would have been answered, with a reviewer who knows the labels. */
export function gateSession(
  recording: Recording,
  session: LabelledSession,
  setting: Setting,
): GatedStep[] {
  const run = new Run(recording, session, setting);
  return session.steps.map((step) => run.take(step));
}

class Run {
  readonly #workspace: WorkspaceFacts;
  #agent: AgentFacts;
  #reads: readonly Read[] = [];
  #pending: readonly Read[] = [];
  #turn = -1;
  #ids = 0;

  constructor(
    private readonly recording: Recording,
    private readonly session: LabelledSession,
    private readonly setting: Setting,
  ) {
    this.#workspace = workspaceWith(recording);
    this.#agent = agentOn(setting.rung);
  }

  /** Calls of one turn see what earlier turns have read, never each other's results. */
  take(step: RecordedStep): GatedStep {
    if (step.turn !== this.#turn) this.#reads = [...this.#reads, ...this.#pending];
    if (step.turn !== this.#turn) this.#pending = [];
    this.#turn = step.turn;
    const verdict = this.#decide(step);
    this.#follow(verdict);
    if (runs(verdict.outcome, step)) this.#read(step);
    return {
      step,
      outcome: verdict.outcome,
      alert: verdict.reasons.some(({ code }) => ALARMS.has(code)),
      rule: verdict.reasons.find(({ source }) => source?.type === 'rule')?.code ?? '',
    };
  }

  #decide(step: RecordedStep): Verdict {
    const tool = toolFacts(this.#workspace, step.tool);
    return decideAction(
      {
        workspace: this.#workspace,
        agent: this.#agent,
        tool,
        session: this.#session(),
        sensitivity: this.setting.sensitivity,
        now: START + step.i * 1000,
        newId: () => String((this.#ids += 1)),
      },
      proposalOf(this.session, step),
    );
  }

  #session(): SessionFacts {
    const { session_id: id, prompt: request, suite: purpose } = this.session;
    return { id, request, purpose, endUser: undefined, reads: this.#reads };
  }

  #follow({ assessment: { state, opensIncident }, activity }: Verdict): void {
    this.#agent = {
      ...this.#agent,
      state,
      activity,
      openIncident: this.#agent.openIncident || opensIncident !== null,
      pinnedRung: opensIncident === 1 ? null : this.#agent.pinnedRung,
    };
  }

  #read(step: RecordedStep): void {
    const tool = toolFacts(this.#workspace, step.tool);
    const text = this.recording.results.get(step.tool_result_ref ?? '') ?? '';
    if (!tool.untrustedOutput || text === '') return;
    const named = tool.sideEffect === 'none' && namesDocument(this.session.prompt, step.args);
    this.#pending = [...this.#pending, { id: String(step.i), source: step.tool, text, named }];
  }
}

const runs = (outcome: Outcome, step: RecordedStep): boolean =>
  outcome === 'allow' ||
  (outcome === 'require_approval' && step.on_user_path && !step.on_injection_path);

const workspaceWith = ({ tools }: Recording): WorkspaceFacts => ({
  id: 'workspace',
  ladder: { version: 1, body: defaultLadder },
  policy: POLICY,
  basePolicy: { version: 0, kind: 'none' },
  tools,
  switches: [],
  approvalTtlSeconds: 1_800,
  permitTtlSeconds: 120,
});

const agentOn = (rung: Rung): AgentFacts => ({
  id: 'agent',
  name: 'agent',
  owner: 'replay',
  version: '1',
  tags: [],
  status: 'active',
  pact: { tools: ['*'] },
  state: emptyState(START),
  activity: NO_ACTIVITY,
  openIncident: false,
  restrictions: [],
  pinnedRung: rung,
  lastSeenAt: null,
});

const proposalOf = (session: LabelledSession, step: RecordedStep): Proposal => ({
  requestId: 'replay',
  agentId: 'agent',
  actor: 'agent:agent',
  tool: step.tool,
  arguments: step.args,
  resource: { type: session.suite, id: step.tool },
  sessionId: session.session_id,
  endUser: undefined,
});
