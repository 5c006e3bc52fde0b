/** The recorded sessions of one agent, lived through one after the other by an agent that is kept, with the labels fed back. */
import { createHash } from 'node:crypto';
import type { RecordedStep } from '@/lib/cli/replay/recorded';
import type { Activity } from '@/lib/decide/activity';
import type { NewSignal } from '@/lib/decide/apply-signals';
import { signalsOfRead } from '@/lib/decide/planted-orders';
import { toolFacts } from '@/lib/decide/workspace-facts';
import type { Outcome } from '@/lib/policy';
import { rejectionSignals, SIGNAL_CATALOGUE, type Rung } from '@/lib/trust';
import type { LabelledSession, Recording } from '../provenance/labelled';
import {
  oracleApproves,
  proposalOf,
  readOf,
  SessionReads,
  workspaceWith,
} from '../provenance/stage';
import { KeptAgent } from './kept-agent';

const DAY_MS = 86_400_000;
/** A Monday. */
const BEGIN = Date.UTC(2026, 0, 5);
/** The sessions have no clock: on working days an agent makes forty calls, twelve minutes apart from nine on. */
const CALLS_A_DAY = 40;
const BETWEEN_MS = 12 * 60_000;
const FROM_MS = 9 * 3_600_000;
/** The calls of one session follow each other quickly. */
const CALL_MS = 20_000;

/** One action of a life. */
export interface Moment {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** After the action and what was said of it, in [0, 1]. */
  readonly score: number;
  readonly rung: Rung;
  readonly outcome: Outcome;
  /** The action carries out an attack, and did not fail by itself when it was recorded. */
  readonly bad: boolean;
  /** It was carried out, alone or after a person's approval. */
  readonly ran: boolean;
  /** Negative signals that Belay gave by itself. */
  readonly found: readonly string[];
  /** A suspension or a restriction stopped it before anything was looked at. */
  readonly unseen: boolean;
  /** What was known of the agent before the action. */
  readonly before: Activity;
}

/** The sessions in an order that follows from their ids and the round: the files have them sorted by attack. */
export function shuffled(sessions: readonly LabelledSession[], round = 0): LabelledSession[] {
  const keyOf = ({ session_id: id }: LabelledSession) =>
    createHash('sha256').update(`${round} ${id}`).digest('hex');
  return sessions.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

export const callsOf = (sessions: readonly LabelledSession[]) =>
  sessions.reduce((sum, { steps }) => sum + steps.length, 0);

/** Rounds of the sessions, each in an order of its own, until there are at least so many calls. */
export function repeated(sessions: readonly LabelledSession[], calls: number): LabelledSession[] {
  const all: LabelledSession[] = [];
  for (let round = 1; callsOf(sessions) > 0 && callsOf(all) < calls; round += 1)
    for (const session of shuffled(sessions, round))
      all.push({ ...session, session_id: `${session.session_id} ${round}` });
  return all;
}

/** @param sessions in the order in which they are lived; one that comes twice needs another id */
export function liveThrough(recording: Recording, sessions: readonly LabelledSession[]): Moment[] {
  const life = new Life(recording);
  return sessions.flatMap((session) => life.play(session));
}

class Life {
  readonly #workspace;
  readonly #agent: KeptAgent;
  #calls = 0;
  #day = 0;

  constructor(private readonly recording: Recording) {
    this.#workspace = workspaceWith(recording.tools);
    this.#agent = new KeptAgent(this.#workspace, BEGIN);
  }

  play(session: LabelledSession): Moment[] {
    const begin = this.#nextBegin(session.steps.length);
    const reads = new SessionReads();
    return session.steps.map((step, n) => this.#take(session, step, reads, begin + n * CALL_MS));
  }

  /** Each morning the incidents of the day before are looked into and closed. */
  #nextBegin(calls: number): number {
    const [workday, place] = [Math.floor(this.#calls / CALLS_A_DAY), this.#calls % CALLS_A_DAY];
    if (workday > this.#day) this.#agent.tend();
    this.#day = workday;
    this.#calls += calls;
    const day = Math.floor(workday / 5) * 7 + (workday % 5);
    return BEGIN + day * DAY_MS + FROM_MS + place * BETWEEN_MS;
  }

  #take(session: LabelledSession, step: RecordedStep, reads: SessionReads, at: number): Moment {
    const { session_id: id, prompt: request, suite: purpose } = session;
    const before = this.#agent.facts.activity;
    const facts = { id, request, purpose, endUser: undefined, reads: reads.before(step.turn) };
    const verdict = this.#agent.decide(proposalOf(session, step), facts, at);
    const ran =
      verdict.outcome === 'allow' ||
      (verdict.outcome === 'require_approval' && oracleApproves(step));
    const said = saidOf(verdict.outcome, step);
    if (ran) {
      const read = readOf(this.recording, request, step, toolFacts(this.#workspace, step.tool));
      reads.add(read);
      said.push(reported(step));
      if (read !== undefined)
        said.push(...signalsOfRead({ decisionId: verdict.id, tool: step.tool, text: read.text }));
    }
    const concluded = this.#agent.tell(said, at + CALL_MS / 2);
    const { rung, last } = this.#agent.facts.state.ladder;
    return {
      at,
      score: last?.score ?? 0,
      rung,
      outcome: verdict.outcome,
      bad: session.attack_attempt_steps.includes(step.i) && step.error === null,
      ran,
      found: [...verdict.evidence.map(({ kind }) => kind), ...concluded].filter(
        (kind) => SIGNAL_CATALOGUE[kind]?.sign === 'negative',
      ),
      unseen: verdict.evidence.length === 0,
      before,
    };
  }
}

/** What people and checks that know the labels say of an action. */
function saidOf(outcome: Outcome, step: RecordedStep): NewSignal[] {
  const approves = oracleApproves(step);
  const review = (kinds: readonly string[]) =>
    kinds.map((kind) => ({ kind, source: 'reviewer:oracle', sourceClass: 'reviewer' as const }));
  const check = (kind: string) => [{ kind, source: 'labels', sourceClass: 'system' as const }];
  if (outcome === 'require_approval')
    return approves
      ? review(['outcome.approved'])
      : review(rejectionSignals(step.on_injection_path ? 'injection' : 'not_needed'));
  if (outcome === 'allow')
    return check(
      step.on_injection_path ? 'outcome.validation_failed' : 'outcome.validation_passed',
    );
  // A person carries out what was proposed, if it was right; what was denied never happened.
  return outcome === 'suggest' && approves ? check('outcome.validation_passed') : [];
}

const reported = (step: RecordedStep): NewSignal => ({
  kind: step.error === null ? 'outcome.task_succeeded' : 'outcome.task_failed',
  source: 'agent:agent',
  sourceClass: 'self',
});
