/** The demo fleet in memory and in simulated time: its tasks of many days, decided by the functions of the server. */
import { TOOLS } from '@/lib/demo/catalogue';
import { FLEET } from '@/lib/demo/fleet';
import type { FleetAgent, Step, Task } from '@/lib/demo/fleet/types';
import { randomOf } from '@/lib/demo/random';
import { HISTORY_DAYS, isWeekend, tasksOfDay, type ScheduledTask } from '@/lib/demo/timeline';
import type { NewSignal } from '@/lib/decide/apply-signals';
import type { Proposal, SessionFacts, ToolFacts } from '@/lib/decide/facts';
import { toolFacts } from '@/lib/decide/workspace-facts';
import type { Read } from '@/lib/provenance';
import { rejectionSignals, SIGNAL_CATALOGUE } from '@/lib/trust';
import { KeptAgent } from '../kept/kept-agent';
import { workspaceWith } from '../provenance/stage';
import type { Judged } from './kinds';

const DAY_MS = 86_400_000;
/** A Monday. */
const BEGIN = Date.UTC(2026, 0, 5);

export interface FleetMoment extends Judged {
  /** What the script means to be wrong: a step a careful reviewer rejects, or one of a scripted incident. */
  readonly meantWrong: boolean;
}

const WORKSPACE = workspaceWith(
  new Map(TOOLS.map((tool): [string, ToolFacts] => [tool.name, { ...tool, known: true }])),
);

/** @param days length of the history */
export function liveFleet(days = HISTORY_DAYS): FleetMoment[] {
  return FLEET.flatMap((agent) => {
    const life = new FleetLife(agent);
    return Array.from({ length: days }, (_, day) => day).flatMap((day) => life.day(day));
  });
}

class FleetLife {
  readonly #agent: KeptAgent;
  #clock = 0;

  constructor(private readonly script: FleetAgent) {
    this.#agent = new KeptAgent(WORKSPACE, BEGIN, { pact: script.pact });
  }

  /** In the morning incidents are looked into; at noon other systems hand in what they found. */
  day(day: number): FleetMoment[] {
    this.#agent.tend();
    const tasks = tasksOfDay(this.script, BEGIN, day);
    const noon = BEGIN + day * DAY_MS + DAY_MS / 2;
    const morning = tasks.filter(({ at }) => at < noon).flatMap((task) => this.#play(task));
    if (day >= this.script.joins && !isWeekend(noon)) this.#tell(this.#evidence(day), noon);
    return [
      ...morning,
      ...tasks.filter(({ at }) => at >= noon).flatMap((task) => this.#play(task)),
    ];
  }

  #evidence(day: number): NewSignal[] {
    return (this.script.evidence?.(day) ?? []).flatMap(({ kind, source, count = 1 }) =>
      Array.from({ length: count }, () => ({ kind, source, sourceClass: 'system' as const })),
    );
  }

  /** Time never runs backwards: a task that is late begins when the one before is over. */
  #tell(signals: readonly NewSignal[], at: number): string[] {
    this.#clock = Math.max(this.#clock + 1_000, at);
    return this.#agent.tell(signals, this.#clock);
  }

  #play({ id, at, task }: ScheduledTask): FleetMoment[] {
    const random = randomOf('pace', id);
    const reads: Read[] = [];
    const moments: FleetMoment[] = [];
    this.#clock = Math.max(this.#clock + 1_000, at);
    for (const [n, step] of task.steps.entries()) {
      if (task.burst !== true && n > 0) this.#clock += random.int(15, 240) * 1000;
      const { moment, ran } = this.#take({ id, task, step, n }, reads);
      moments.push(moment);
      if (!ran && task.burst !== true) break;
    }
    return moments;
  }

  #take({ id, task, step, n }: Place, reads: Read[]): { moment: FleetMoment; ran: boolean } {
    const { activity: before } = this.#agent.facts;
    const at = this.#clock;
    const verdict = this.#agent.decide(proposalOf(id, task, step), sessionOf(id, task, reads), at);
    const approved = verdict.outcome === 'require_approval' && step.review.verdict === 'approve';
    const ran = verdict.outcome === 'allow' || approved;
    const tool = toolFacts(WORKSPACE, step.tool);
    if (ran && step.output !== undefined && tool.untrustedOutput)
      reads.push({ id: String(n), source: step.tool, text: step.output, named: false });
    const said = saidOf(step, verdict.outcome, ran);
    const concluded = said.length === 0 ? [] : this.#tell(said, at);
    const found = [...verdict.evidence.map(({ kind }) => kind), ...concluded].filter(
      (kind) => SIGNAL_CATALOGUE[kind]?.sign === 'negative',
    );
    const special = /-s\d+$/.test(id) || task.burst === true;
    const meantWrong = special || step.review.verdict === 'reject';
    const unseen = verdict.evidence.length === 0;
    return { moment: { at, before, found, unseen, meantWrong }, ran };
  }
}

interface Place {
  readonly id: string;
  readonly task: Task;
  readonly step: Step;
  readonly n: number;
}

const proposalOf = (id: string, task: Task, step: Step): Proposal => ({
  requestId: id,
  agentId: 'agent',
  actor: 'agent:agent',
  tool: step.tool,
  arguments: step.arguments,
  resource: step.resource,
  sessionId: id,
  endUser: task.endUser,
});

const sessionOf = (id: string, task: Task, reads: readonly Read[]): SessionFacts => ({
  id,
  request: task.request,
  purpose: task.purpose,
  endUser: task.endUser,
  reads: [...reads],
});

/** The script's reviewer, the agent's own word, and the checks of other systems. */
function saidOf(step: Step, outcome: string, ran: boolean): NewSignal[] {
  const { review, check, fails } = step;
  const of = (kind: string, source: string, sourceClass: NewSignal['sourceClass']): NewSignal => ({
    kind,
    source,
    sourceClass,
  });
  const verdicts =
    review.verdict === 'approve' ? ['outcome.approved'] : rejectionSignals(review.reason);
  return [
    ...(outcome === 'require_approval'
      ? verdicts.map((kind) => of(kind, 'reviewer:script', 'reviewer'))
      : []),
    ...(ran
      ? [of(`outcome.task_${fails === undefined ? 'succeeded' : 'failed'}`, 'agent:agent', 'self')]
      : []),
    ...(check !== undefined && (ran || outcome === 'suggest')
      ? [of(`outcome.validation_${check}`, 'quality/checks', 'system')]
      : []),
  ];
}
