/** The decision path on a recorded session, in memory: the same pure functions as the server's, without HTTP and PostgreSQL. */
import { ALARMS } from '@/lib/cli/replay/play-session';
import type { RecordedStep } from '@/lib/cli/replay/recorded';
import { decideAction, type Verdict } from '@/lib/decide/decide-action';
import type { AgentFacts, WorkspaceFacts } from '@/lib/decide/facts';
import { toolFacts } from '@/lib/decide/workspace-facts';
import type { Outcome } from '@/lib/policy';
import type { Read, Sensitivity } from '@/lib/provenance';
import type { Rung } from '@/lib/trust';
import type { LabelledSession, Recording } from './labelled';
import { newAgent, oracleApproves, proposalOf, readOf, SessionReads, workspaceWith } from './stage';

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
  readonly #reads = new SessionReads();
  #agent: AgentFacts;
  #ids = 0;

  constructor(
    private readonly recording: Recording,
    private readonly session: LabelledSession,
    private readonly setting: Setting,
  ) {
    this.#workspace = workspaceWith(recording.tools);
    this.#agent = newAgent(START, { pinnedRung: setting.rung });
  }

  take(step: RecordedStep): GatedStep {
    const verdict = this.#decide(step, this.#reads.before(step.turn));
    this.#follow(verdict);
    if (runs(verdict.outcome, step)) {
      const tool = toolFacts(this.#workspace, step.tool);
      this.#reads.add(readOf(this.recording, this.session.prompt, step, tool));
    }
    return {
      step,
      outcome: verdict.outcome,
      alert: verdict.reasons.some(({ code }) => ALARMS.has(code)),
      rule: verdict.reasons.find(({ source }) => source?.type === 'rule')?.code ?? '',
    };
  }

  #decide(step: RecordedStep, reads: readonly Read[]): Verdict {
    const { session_id: id, prompt: request, suite: purpose } = this.session;
    return decideAction(
      {
        workspace: this.#workspace,
        agent: this.#agent,
        tool: toolFacts(this.#workspace, step.tool),
        session: { id, request, purpose, endUser: undefined, reads },
        sensitivity: this.setting.sensitivity,
        now: START + step.i * 1000,
        newId: () => String((this.#ids += 1)),
      },
      proposalOf(this.session, step),
    );
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
}

const runs = (outcome: Outcome, step: RecordedStep): boolean =>
  outcome === 'allow' || (outcome === 'require_approval' && oracleApproves(step));
